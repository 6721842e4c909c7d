// @ts-check
import { get, pathOf } from './api.js';

/** What became of a target, a line for all traces that say the same after each other. */

const PAGE = 50;
const MOST = 1_000;

/** @typedef {import('./types.js').History} History */

/**
 * The newest lines.
 * @param {string} workspaceId
 * @param {string} key
 * @param {number} count as many as this, a page at least
 * @param {AbortSignal} signal
 * @returns {Promise<History>}
 */
export function loadHistory(workspaceId, key, count, signal) {
  const limit = String(Math.min(MOST, Math.max(PAGE, count)));
  return get(pathOf(workspaceId, 'history', { releaseTarget: key, limit }), signal);
}

/**
 * The page of older lines that follows; null if there is none.
 * @param {string} workspaceId
 * @param {string} key
 * @param {History} history
 * @param {AbortSignal} signal
 * @returns {Promise<History> | null}
 */
export function olderHistory(workspaceId, key, history, signal) {
  if (history.nextCursor === null) return null;
  const parameters = { releaseTarget: key, limit: String(PAGE), cursor: history.nextCursor };
  return get(pathOf(workspaceId, 'history', parameters), signal);
}

/** @param {History} history @param {History} older */
export function continued(history, older) {
  return { ...older, lines: [...history.lines, ...older.lines] };
}

/**
 * How many lines are new, or are no longer there; a line grows at its upper end, and stays the one that it was. What is cut off at the end
 * isn't gone.
 * @param {History} before
 * @param {History} after
 */
export function movedLines(before, after) {
  const [were, are] = [before, after].map(history => history.lines.map(line => line.oldestTraceId));
  const last = were.findLastIndex(id => are.includes(id));
  return are.filter(id => !were.includes(id)).length + were.slice(0, last + 1).filter(id => !are.includes(id)).length;
}
