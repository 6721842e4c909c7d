// @ts-check
import { jsonText } from './json.js';

/** How times, durations and ids are told. Pure functions; times are milliseconds since 1970, with a fraction. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The time of an RFC 3339 text, microseconds included, which dates don't have; NaN if it is beyond those.
 * @param {string} text
 */
export function instant(text) {
  return Date.parse(text) + Number(`0.${beyondMilliseconds(text)}`);
}

/** The digits that dates don't have, without those that say nothing. @param {string} text */
function beyondMilliseconds(text) {
  return (/\.\d{3}(\d+)/.exec(text)?.[1] ?? '').replace(/(000)+$/, '');
}

/**
 * A duration in words of two units: "12 ms", "8.7 s", "4 m 12 s", "2 h 10 m", "3 d 4 h".
 * @param {number} milliseconds
 */
export function duration(milliseconds) {
  const ms = Math.max(0, milliseconds);
  if (ms < 0.9995) return ms === 0 ? '0 ms' : `${Math.max(1, Math.round(ms * 1_000))} µs`;
  if (ms < SECOND - 0.5) return `${Math.round(ms)} ms`;
  if (ms < SECOND) return '1 s';
  if (ms < 10 * SECOND) return `${(Math.floor(ms / 100) / 10).toFixed(1).replace('.0', '')} s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return two(ms, MINUTE, 'm', SECOND, 's');
  if (ms < DAY) return two(ms, HOUR, 'h', MINUTE, 'm');
  return two(ms, DAY, 'd', HOUR, 'h');
}

/**
 * @param {number} ms
 * @param {number} large
 * @param {string} largeName
 * @param {number} small
 * @param {string} smallName
 */
function two(ms, large, largeName, small, smallName) {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}

/**
 * The milliseconds of a duration in hours, minutes and seconds, such as PT720H.
 * @param {string} text
 */
export function isoDuration(text) {
  const [, hours = '0', minutes = '0', seconds = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text) ?? [];
  return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
}

/**
 * Whether it isn't worth telling how long ago it was.
 * @param {number} milliseconds
 */
export function isNow(milliseconds) {
  return milliseconds < 5 * SECOND;
}

/**
 * How long ago, in one unit: "now", "38 s", "11 m", "2 h", "3 d".
 * @param {number} milliseconds
 */
export function age(milliseconds) {
  if (isNow(milliseconds)) return 'now';
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / SECOND)} s`;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} m`;
  if (milliseconds < 2 * DAY) return `${Math.floor(milliseconds / HOUR)} h`;
  return `${Math.floor(milliseconds / DAY)} d`;
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const WEEKDAY = new Intl.DateTimeFormat(undefined, {
  weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});
const DATE = new Intl.DateTimeFormat(undefined, {
  year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});
const EXACT = new Intl.DateTimeFormat(undefined, {
  weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit',
  second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23', timeZoneName: 'short',
});

/**
 * A time as people say it, in the viewer's zone: "10:10", "Tue 10:10", or with its date.
 * @param {number} time
 * @param {number} now
 */
export function clock(time, now) {
  if (new Date(time).toDateString() === new Date(now).toDateString()) return CLOCK.format(time);
  return Math.abs(now - time) < 6 * DAY ? WEEKDAY.format(time) : DATE.format(time);
}

/**
 * A time with all its digits, in the viewer's zone and in UTC.
 * @param {string} text as {@link instant} takes it
 */
export function exact(text) {
  const date = new Date(Date.parse(text));
  return `${EXACT.format(date)} · ${date.toISOString().replace('Z', `${beyondMilliseconds(text)}Z`)}`;
}

/**
 * An id from its end: ids of traces begin with their time, so that their beginnings are all alike.
 * @param {string} id
 */
export function shortId(id) {
  return id.length > 12 ? id.slice(-10) : id;
}

/**
 * "1 span", "12,000 spans".
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/**
 * A value of an attribute as one line of text.
 * @param {unknown} value
 */
export function valueText(value) {
  if (Array.isArray(value) && value.every(each => typeof each !== 'object')) return value.join(', ');
  return typeof value === 'object' && value !== null ? jsonText(value) : String(value);
}
