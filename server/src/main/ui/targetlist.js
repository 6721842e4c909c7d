// @ts-check
import { get, pathOf } from './api.js';
import { OUTCOMES } from './words.js';

/** Release targets in groups by their outcome, as the server finds them. */

const PAGE = 100;
const MOST = 1_000;

/** @typedef {{ outcome: string, targets: import('./types.js').Target[], nextCursor: string | null }} Group */

/**
 * All groups; of each as many targets as were there before, a page at least.
 * @param {string} workspaceId
 * @param {string} q a part of the keys; empty for all
 * @param {Group[]} before
 * @param {AbortSignal} signal
 * @returns {Promise<Group[]>}
 */
export function loadGroups(workspaceId, q, before, signal) {
  return Promise.all(OUTCOMES.map(async outcome => {
    const count = before.find(group => group.outcome === outcome)?.targets.length ?? 0;
    const limit = String(Math.min(MOST, Math.max(PAGE, count)));
    const page = await get(pathOf(workspaceId, 'targets', { outcome, q, limit }), signal);
    return { outcome, ...page };
  }));
}

/**
 * The groups with the next page of one.
 * @param {string} workspaceId
 * @param {string} q
 * @param {Group[]} groups
 * @param {Group} grown
 * @param {AbortSignal} signal
 */
export async function loadMore(workspaceId, q, groups, grown, signal) {
  const parameters = { outcome: grown.outcome, q, limit: String(PAGE), cursor: grown.nextCursor };
  const page = await get(pathOf(workspaceId, 'targets', parameters), signal);
  return groups.map(group => group !== grown ? group
    : { ...group, targets: [...group.targets, ...page.targets], nextCursor: page.nextCursor });
}

/**
 * How many targets stand elsewhere than before.
 * @param {Group[]} before
 * @param {Group[]} after
 */
export function moved(before, after) {
  const places = placesOf(before);
  const now = placesOf(after);
  let count = 0;
  for (const [key, place] of now) if (places.get(key) !== place) count++;
  for (const key of places.keys()) if (!now.has(key)) count++;
  return count;
}

/** @param {Group[]} groups */
function placesOf(groups) {
  const places = new Map();
  for (const { outcome, targets } of groups) targets.forEach(({ releaseTargetKey }) => places.set(releaseTargetKey, outcome));
  return places;
}
