// @ts-check
import { get, pathOf } from './api.js';
import { OUTCOMES } from './words.js';

/** Release targets in groups by their outcome, as the server finds them. */

const PAGE = 100;
const MOST = 1_000;

/** @typedef {{ outcome: string, targets: import('./types.js').Target[], nextCursor: string | null }} Group */

/** @typedef {Record<string, number>} Sizes how many targets of each outcome */

/** @param {Group[]} groups @returns {Sizes} */
export function sizesOf(groups) {
  return Object.fromEntries(groups.map(({ outcome, targets }) => [outcome, targets.length]));
}

/**
 * All groups.
 * @param {string} workspaceId
 * @param {string} q a part of the keys; empty for all
 * @param {Sizes} sizes as many targets of each, a page at least
 * @param {AbortSignal} signal
 * @returns {Promise<Group[]>}
 */
export function loadGroups(workspaceId, q, sizes, signal) {
  return Promise.all(OUTCOMES.map(async outcome => {
    const limit = String(Math.min(MOST, Math.max(PAGE, sizes[outcome] ?? 0)));
    const page = await get(pathOf(workspaceId, 'targets', { outcome, q, limit }), signal);
    return { outcome, ...page };
  }));
}

/**
 * The page of a group that follows; null if there is none.
 * @param {string} workspaceId
 * @param {string} q
 * @param {string} outcome
 * @param {Group[]} groups
 * @param {AbortSignal} signal
 * @returns {Promise<Group> | null}
 */
export function loadMore(workspaceId, q, outcome, groups, signal) {
  const cursor = groups.find(group => group.outcome === outcome)?.nextCursor ?? null;
  if (cursor === null) return null;
  return get(pathOf(workspaceId, 'targets', { outcome, q, limit: String(PAGE), cursor }), signal)
    .then(page => ({ outcome, ...page }));
}

/** @param {Group[]} groups @param {Group} more */
export function grown(groups, more) {
  return groups.map(group => group.outcome !== more.outcome ? group
    : { ...more, targets: [...group.targets, ...more.targets] });
}

/**
 * How many targets stand elsewhere than before.
 * @param {PlaceGroup[]} before
 * @param {PlaceGroup[]} after
 */
export function movedTargets(before, after) {
  const places = placesOf(before);
  const now = placesOf(after);
  let count = 0;
  for (const [key, place] of now) if (places.get(key) !== place) count++;
  for (const key of places.keys()) if (!now.has(key)) count++;
  return count;
}

/** @typedef {{ outcome: string, cause?: import('./types.js').Cause | null, targets: { releaseTargetKey: string }[] }} PlaceGroup */

/** @param {PlaceGroup[]} groups */
function placesOf(groups) {
  const places = new Map();
  for (const { outcome, cause, targets } of groups) {
    targets.forEach(({ releaseTargetKey }) => places.set(releaseTargetKey, `${outcome} ${cause?.name ?? ''}`));
  }
  return places;
}
