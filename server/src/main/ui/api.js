// @ts-check
import { parseJson } from './json.js';
import { withParameters } from './routes.js';

/** Asks the server. Every failure is a {@link Problem}. */

/** Why there is no answer: what the server said, or that it can't be reached. */
export class Problem extends Error {
  /**
   * @param {number} status of HTTP; 0 if the server can't be reached
   * @param {string} type the problem's stable name, such as "workspace-not-found"
   * @param {string} detail for people
   */
  constructor(status, type, detail) {
    super(detail);
    this.status = status;
    this.type = type;
  }
}

const PREFIX = 'urn:deploytrace:problem:';

/** What is told when the server wants a key, and has none that is good. */
let whenSignedOut = () => {};

/** @param {() => void} told */
export function onSignedOut(told) {
  whenSignedOut = told;
}

/**
 * The path of a route below a workspace.
 * @param {string} workspaceId
 * @param {string} rest
 * @param {Record<string, string | null | undefined>} [parameters]
 */
export function pathOf(workspaceId, rest, parameters) {
  return withParameters(`/api/v1/workspaces/${encodeURIComponent(workspaceId)}/${rest}`, parameters);
}

/**
 * The answer, whose body isn't read yet.
 * @param {string} path
 * @param {RequestInit} [options]
 */
export async function request(path, options = {}) {
  const response = await sent(path, options);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401 && options.method !== 'POST') whenSignedOut();
  throw problem;
}

/**
 * @param {string} path
 * @param {RequestInit} options
 */
async function sent(path, options) {
  try {
    return await fetch(path, options);
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    throw unreachable();
  }
}

function unreachable() {
  return new Problem(0, 'unreachable', 'The server can’t be reached.');
}

/** @param {Response} response */
async function problemOf(response) {
  try {
    const { type, detail } = await response.json();
    return new Problem(response.status, String(type).replace(PREFIX, ''), String(detail));
  } catch {
    return new Problem(response.status, 'unknown', `The server answered with status ${response.status}.`);
  }
}

/**
 * The answer as an object.
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function get(path, signal) {
  const response = await request(path, { signal });
  try {
    return parseJson(await response.text());
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw unreachable();
  }
}

/** @param {string} key */
export async function signIn(key) {
  await request('/sign-in', { method: 'POST', headers: { authorization: `Bearer ${key}` } });
}

export async function signOut() {
  await request('/sign-out', { method: 'POST' });
}
