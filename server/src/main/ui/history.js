// @ts-check
import { get, pathOf } from './api.js';

/** What became of a target, a line for all traces that say the same after each other. */

const PAGE = 50;

/** @typedef {import('./types.js').History} History */

/**
 * The history up to the next page; its beginning if there is none yet.
 * @param {string} workspaceId
 * @param {string} key
 * @param {History | null} before
 * @param {AbortSignal} signal
 * @returns {Promise<History>}
 */
export async function loadHistory(workspaceId, key, before, signal) {
  const parameters = { releaseTarget: key, limit: String(PAGE), cursor: before?.nextCursor };
  const page = await get(pathOf(workspaceId, 'history', parameters), signal);
  return { ...page, lines: [...(before?.lines ?? []), ...page.lines] };
}
