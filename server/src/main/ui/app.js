// @ts-check
import { html, render } from './lit-html.js';
import { get, onSignedOut, Problem, signOut } from './api.js';
import { Compare } from './compare.js';
import { drawnSafely, unknownView } from './fallback.js';
import { helpDialog, openHelp } from './help.js';
import { listenToKeys } from './keyboard.js';
import { listenToLinks } from './links.js';
import { Live } from './live.js';
import { Loading } from './loading.js';
import { announce, loaded } from './parts.js';
import { Place } from './place.js';
import { Release } from './release.js';
import { parse, to } from './routes.js';
import { forgetTyped } from './search.js';
import { shell } from './shell.js';
import { SignIn } from './signin.js';
import { Start } from './start.js';
import { TargetView } from './target.js';
import { Targets } from './targets.js';
import { TraceView } from './trace.js';
import { Traces } from './traces.js';

/** Puts the page together: which view the address shows, who is signed in, and when everything is drawn. */

/**
 * @typedef {object} Context what a view gets to work with
 * @property {string} workspaceId
 * @property {import('./routes.js').Route} route the one that it was opened with
 * @property {Live} live
 * @property {() => void} draw draws everything soon
 * @property {(path: string) => void} go
 * @property {(path: string) => void} replace changes the address without a step back
 * @property {(path: string) => void} open opens another view without a step back
 * @property {any} kept what the view kept of itself when it was left; undefined unless one comes back to it
 */

/**
 * @typedef {object} View
 * @property {string} title
 * @property {() => unknown} draw
 * @property {(route: import('./routes.js').Route, kept: any) => boolean} [follow] takes another address; false if that needs another view
 * @property {unknown} [kept] what is to be there again for who comes back to it
 * @property {() => void} [stop]
 * @property {(trace: import('./types.js').Trace) => void} [changed]
 * @property {() => void} [reset]
 * @property {() => void} [minute] a minute passed: what the server says of how long something takes is to be asked again
 * @property {(event: KeyboardEvent) => boolean} [key]
 * @property {() => void} [drawn] what is to be done once it was drawn
 */

const VIEWS = {
  start: Start, targets: Targets, target: TargetView, traces: Traces, trace: TraceView, compare: Compare, release: Release,
};

/** So often what the page itself says of how long something takes is drawn again. */
const HAND = 15_000;
const MINUTE = 60_000;
const mustSignIn = document.documentElement.dataset.authentication === 'required';
const root = /** @type {HTMLElement} */ (document.querySelector('#app'));

let route = parse(location);
/** @type {View} */
let view;
let isSignedOut = false;
let isPlanned = false;
let shown = '';
const place = new Place();
/** How often a view was made. */
let views = 0;
/** @type {Loading<import('./types.js').Workspace[]>} */
const workspaces = new Loading(draw);
const live = new Live(() => view, isServerThere, draw);

/** Draws everything before the next frame, once. */
function draw() {
  if (isPlanned) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    drawNow();
  });
}

function drawNow() {
  const around = {
    route, workspaces: workspaces.value ?? [], live: isUnknown() ? /** @type {const} */ ('connecting') : live.state,
    signedIn: mustSignIn && !isSignedOut, signOut: leave, help: openHelp, reconnect,
  };
  const content = workspaces.value === undefined && !isSignedOut
    ? loaded(workspaces, () => '', loadWorkspaces, '/')
    : drawnSafely(view, route.workspaceId === '' ? '/' : to.targets(route.workspaceId));
  render(html`${shell(around, content)}${helpDialog()}`, root);
  document.title = view.title === '' ? 'Deploytrace' : `${view.title} · Deploytrace`;
  view.drawn?.();
  focusOnce();
  place.drawn();
}

/** Whether there is nobody to listen to. */
function isUnknown() {
  return isSignedOut
    || (workspaces.value !== undefined && !workspaces.value.some(workspace => workspace.id === route.workspaceId));
}

/** A view that was just opened is read out from its heading on; on the first one the browser does that. */
function focusOnce() {
  const name = isSignedOut ? 'sign-in' : route.view + route.workspaceId + route.traceId + (route.params.get('key') ?? '');
  if (shown === name) return;
  const heading = document.querySelector('main h1');
  if (!(heading instanceof HTMLElement)) return;
  if (shown !== '') heading.focus({ preventScroll: true });
  shown = name;
}

/** Opens the view of the address, or lets the one that is there follow. */
function open() {
  const before = route;
  route = parse(location);
  forgetTyped();
  if (view !== undefined && before.view === route.view && before.workspaceId === route.workspaceId
      && view.follow?.(route, place.kept)) {
    draw();
  } else {
    reopen();
  }
}

/** @returns {View} */
function made() {
  const number = ++views;
  if (isSignedOut) return new SignIn(draw, signedIn);
  if (route.view === 'unknown') return unknownView();
  const context = {
    workspaceId: route.workspaceId, route, live, draw, go, open: redirect, kept: place.kept,
    replace: (/** @type {string} */ path) => { if (number === views) replace(path); },
  };
  return new VIEWS[route.view](context, () => workspaces.value ?? []);
}

/** @param {string} path */
function go(path) {
  place.leave(view.kept);
  history.pushState({}, '', path);
  scrollTo(0, 0);
  place.arrive(null);
  open();
}

/** @param {string} path */
function replace(path) {
  history.replaceState(history.state, '', path);
  route = parse(location);
  draw();
}

/** @param {string} path */
function redirect(path) {
  history.replaceState({}, '', path);
  place.arrive(null);
  open();
}

function reconnect() {
  live.follow('');
  live.follow(route.workspaceId);
  if (workspaces.value === undefined) loadWorkspaces();
  view.reset?.();
}

function loadWorkspaces() {
  return workspaces.load(async signal => (await get('/api/v1/workspaces', signal)).workspaces);
}

/** The answer may also be that one isn't signed in any longer, or that the workspace is gone: then there is nothing to listen to. */
async function isServerThere() {
  const isFirst = workspaces.value === undefined;
  await loadWorkspaces();
  if (workspaces.problem !== null) return false;
  if (isUnknown() && isFirst) live.follow('');
  else if (isUnknown()) reopen();
  return true;
}

/** The cookie is the server's to remove: whoever loads the page again has it as long as that wasn't done. */
async function leave() {
  try {
    await signOut();
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    announce(`You are still signed in: ${failure.message}`);
    return;
  }
  signedOut();
}

function signedOut() {
  if (isSignedOut) return;
  isSignedOut = true;
  workspaces.value = undefined;
  reopen();
}

async function signedIn() {
  isSignedOut = false;
  await loadWorkspaces();
  if (!isSignedOut) reopen();
}

/** Opens the view anew, for somebody else. */
function reopen() {
  view?.stop?.();
  live.follow(isUnknown() ? '' : route.workspaceId);
  view = made();
  draw();
}

/** @param {'targets' | 'traces' | 'search'} where */
function goByKey(where) {
  if (route.workspaceId === '') return;
  go(where === 'traces' ? to.traces(route.workspaceId) : to.targets(route.workspaceId));
  if (where === 'search') {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      /** @type {HTMLInputElement | null} */ (document.querySelector('[data-search]'))?.focus();
    }));
  }
}

onSignedOut(signedOut);
listenToKeys({ view: event => view.key?.(event) ?? false, go: goByKey });
listenToLinks(go);
addEventListener('popstate', event => {
  place.arrive(event.state);
  open();
});
addEventListener('resize', draw);
setInterval(draw, HAND);
setInterval(() => { if (!document.hidden && !isSignedOut) view.minute?.(); }, MINUTE);
live.follow(route.workspaceId);
view = made();
draw();
loadWorkspaces().then(() => { if (isUnknown()) live.follow(''); });
