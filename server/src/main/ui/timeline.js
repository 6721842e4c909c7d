// @ts-check
import { duration } from './format.js';

/** The one time axis that all rows of a trace share. Pure functions. */

const STEPS = [1, 2, 5];
const LONG_STEPS = [
  10, 15, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
].map(seconds => seconds * 1_000);

/**
 * Where the axis has its marks, at most so many, each a number that people count in.
 * @param {number} length of the axis in milliseconds
 * @param {number} most
 * @returns {{ share: number, label: string }[]}
 */
export function marks(length, most) {
  if (!(length > 0) || most < 1) return [];
  const step = stepOf(length / most);
  const found = [];
  for (let at = step; at < length * 0.999; at += step) found.push({ share: at / length, label: duration(at) });
  return found;
}

/** @param {number} least */
function stepOf(least) {
  if (least > 5_000) return LONG_STEPS.find(step => step >= least) ?? Math.ceil(least / 604_800_000) * 604_800_000;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = STEPS.find(each => each * power >= least) ?? 10;
  return factor * power;
}

/**
 * Where the bar of a row begins, and how long it is, in percent.
 * @param {import('./tracemodel.js').Row} row
 * @param {number} start of the axis
 * @param {number} end of the axis
 */
export function barOf(row, start, end) {
  const length = Math.max(end - start, 0.001);
  const from = Math.min(1, Math.max(0, (row.start - start) / length));
  const to = Number.isNaN(row.end) ? 1 : Math.min(1, Math.max(from, (row.end - start) / length));
  return { left: round(from * 100), width: round((to - from) * 100) };
}

/** @param {number} percent */
function round(percent) {
  return Math.round(percent * 1_000) / 1_000;
}

/**
 * Which of the rows are to be drawn: those in sight, and some around them.
 * @param {number} count
 * @param {number} height of a row
 * @param {number} top how far the first row is above the upper edge of what is seen; negative if it is below
 * @param {number} sight the height of what is seen
 */
export function windowOf(count, height, top, sight) {
  const around = 12;
  const first = Math.min(Math.max(0, Math.floor(top / height) - around), count);
  const last = Math.max(first, Math.min(count, Math.ceil((top + sight) / height) + around));
  return { first, last };
}
