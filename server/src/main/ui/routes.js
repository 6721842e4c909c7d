// @ts-check
/** The addresses of the page: every state of a view has one. Pure functions. */

/**
 * @typedef {object} Route
 * @property {'start' | 'targets' | 'target' | 'traces' | 'trace' | 'compare' | 'release' | 'unknown'} view
 * @property {string} workspaceId empty at the start
 * @property {string} traceId empty where the path has none
 * @property {URLSearchParams} params
 */

const VIEWS = ['target', 'traces', 'compare', 'release'];

/**
 * What the address shows. Ids are those of the server, which takes them in capitals too.
 * @param {URL | Location} url
 * @returns {Route}
 */
export function parse(url) {
  const [, root, workspace = '', view, trace = '', ...rest] = url.pathname.split('/').map(decoded);
  const params = new URLSearchParams(url.search);
  const route = { workspaceId: workspace.toLowerCase(), traceId: trace.toLowerCase(), params };
  if (url.pathname === '/') return { ...route, view: 'start' };
  if (root !== 'w' || workspace === '' || rest.length > 0) return { ...route, view: 'unknown' };
  if (view === undefined || view === '') return { ...route, view: 'targets' };
  if (view === 'traces' && trace !== '') return { ...route, view: 'trace' };
  const known = VIEWS.includes(view) && trace === '';
  return { ...route, view: known ? /** @type {Route['view']} */ (view) : 'unknown' };
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * A path with parameters; those without a value are left out.
 * @param {string} path
 * @param {Record<string, string | null | undefined>} [parameters]
 */
export function withParameters(path, parameters = {}) {
  const set = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const query = new URLSearchParams(/** @type {[string, string][]} */ (set)).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** @param {string} workspaceId */
function base(workspaceId) {
  return `/w/${encodeURIComponent(workspaceId)}`;
}

/** Where views are. */
export const to = {
  /** @param {string} workspaceId @param {Record<string, string | null>} [parameters] */
  targets: (workspaceId, parameters) => withParameters(base(workspaceId), parameters),
  /** @param {string} workspaceId @param {string} key @param {Record<string, string | null>} [parameters] */
  target: (workspaceId, key, parameters) => withParameters(`${base(workspaceId)}/target`, { key, ...parameters }),
  /** @param {string} workspaceId @param {Record<string, string | null>} [parameters] */
  traces: (workspaceId, parameters) => withParameters(`${base(workspaceId)}/traces`, parameters),
  /** @param {string} workspaceId @param {string} traceId @param {Record<string, string | null>} [parameters] */
  trace: (workspaceId, traceId, parameters) =>
    withParameters(`${base(workspaceId)}/traces/${encodeURIComponent(traceId)}`, parameters),
  /** @param {string} workspaceId @param {string | null} a @param {string | null} b */
  compare: (workspaceId, a, b) => withParameters(`${base(workspaceId)}/compare`, { a, b }),
  /** @param {string} workspaceId @param {string} id */
  release: (workspaceId, id) => withParameters(`${base(workspaceId)}/release`, { id }),
};
