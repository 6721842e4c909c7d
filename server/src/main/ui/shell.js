// @ts-check
import { html, nothing } from './lit-html.js';
import { choose } from './choose.js';
import { sign } from './icons.js';
import { to } from './routes.js';
import { switcher } from './switcher.js';

/** What is around every view: where one is, how to get elsewhere, and whether it is live. */

/** @typedef {'connecting' | 'live' | 'refused' | 'away'} Liveness whether one hears of changes; if not, whether the server is there */

/**
 * @typedef {object} Around
 * @property {import('./routes.js').Route} route
 * @property {import('./types.js').Workspace[]} workspaces
 * @property {Liveness} live
 * @property {boolean} signedIn
 * @property {() => void} signOut
 * @property {() => void} help
 * @property {() => void} reconnect
 */

/**
 * @param {Around} around
 * @param {unknown} view
 */
export function shell(around, view) {
  return html`
    <a class="skip" href="#main">To the content</a>
    ${bar(around)}
    ${unheard(around)}
    <main id="main">${view}</main>
    <p id="toast" role="status"></p>`;
}

/** @param {Around} around */
function bar(around) {
  const { route, workspaces, help, signedIn, signOut } = around;
  return html`<header class="bar">
    <a class="wordmark" href=${route.workspaceId === '' ? '/' : to.targets(route.workspaceId)}>deploytrace</a>
    ${route.workspaceId === '' ? nothing : html`
      ${switcher(workspaces, route.workspaceId)}
      <nav aria-label="Views">
        ${tab('Targets', to.targets(route.workspaceId), ['targets', 'target'].includes(route.view))}
        ${tab('Traces', to.traces(route.workspaceId), ['traces', 'trace'].includes(route.view))}
      </nav>`}
    <span class="space"></span>
    ${route.workspaceId === '' ? nothing : liveness(around.live)}
    <button class="quiet" title="Dark or light" aria-label="Dark or light" @click=${switchTheme}>${sign('theme')}</button>
    <button class="quiet" title="Keys (?)" aria-label="Keys" @click=${help}>?</button>
    ${signedIn ? html`<button class="quiet" @click=${signOut}>Sign out</button>` : nothing}
  </header>`;
}

/**
 * @param {string} name
 * @param {string} path
 * @param {boolean} current
 */
function tab(name, path, current) {
  return html`<a href=${path} aria-current=${current ? 'page' : 'false'}>${name}</a>`;
}

const LIVENESS = { connecting: 'connecting', live: 'live', refused: 'not live', away: 'offline' };

/** @type {Partial<Record<Liveness, string>>} */
const UNHEARD = {
  away: 'Not connected: what you see may be out of date. Trying again …',
  refused: 'The server tells of no changes now: what you see may be out of date. Trying again …',
};

/** @param {Liveness} state */
function liveness(state) {
  return html`<span class="liveness is-${state}" role="status" title="Whether changes show by themselves">${LIVENESS[state]}</span>`;
}

/** @param {Around} around */
function unheard({ live, reconnect }) {
  const text = UNHEARD[live];
  return text === undefined ? nothing : html`<p class="away" role="status">${text}
    <button class="link" @click=${reconnect}>Try now</button></p>`;
}

function switchTheme() {
  const root = document.documentElement;
  const isDark = getComputedStyle(root).colorScheme === 'dark'
    || (root.dataset.theme === undefined && matchMedia('(prefers-color-scheme: dark)').matches);
  choose('theme', isDark ? 'light' : 'dark');
}
