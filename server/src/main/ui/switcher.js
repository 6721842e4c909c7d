// @ts-check
import { html, nothing } from './lit-html.js';
import { sign } from './icons.js';
import { to } from './routes.js';

/** Which workspace one is in, and links to the others. */

/** @param {import('./types.js').Workspace} workspace */
export function nameOf(workspace) {
  return workspace.name ?? workspace.id;
}

/**
 * The name of the workspace; a list opens at it where there are others.
 * @param {import('./types.js').Workspace[]} workspaces
 * @param {string} workspaceId
 */
export function switcher(workspaces, workspaceId) {
  if (workspaces.length === 0) return nothing;
  const here = workspaces.find(workspace => workspace.id === workspaceId);
  if (here !== undefined && workspaces.length === 1) return html`<span class="workspace">${nameOf(here)}</span>`;
  return html`<details class="switcher" @click=${closeFromElsewhere} @keydown=${closeByKey}>
    <summary class="workspace"><span class="offscreen">Workspace:</span>
      <span class="workspace-name">${here === undefined ? 'unknown' : nameOf(here)}</span>${sign('chevron')}</summary>
    <ul>${workspaces.map(workspace => html`<li>
      <a href=${to.targets(workspace.id)} aria-current=${workspace === here ? 'true' : 'false'}>${nameOf(workspace)}</a></li>`)}</ul>
  </details>`;
}

/**
 * A list that opens closes once something is chosen in it, or something else is clicked or focused. Not by the event of its state, which comes later.
 * @param {Event} event
 */
function closeFromElsewhere({ currentTarget, target: clicked }) {
  const list = /** @type {HTMLDetailsElement} */ (currentTarget);
  const heading = list.querySelector('summary');
  const closed = new AbortController();
  /** @param {Event} event @param {Element | null} inside */
  function closeUnless({ target }, inside) {
    if (target instanceof Node && inside?.contains(target)) return;
    list.open = false;
    closed.abort();
  }
  if (list.open || !(clicked instanceof Node && heading?.contains(clicked))) return;
  document.addEventListener('click', event => closeUnless(event, heading), closed);
  document.addEventListener('focusin', event => closeUnless(event, list), closed);
}

/** @param {KeyboardEvent} event */
function closeByKey(event) {
  const list = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.key !== 'Escape' || !list.open) return;
  event.preventDefault();
  list.open = false;
  list.querySelector('summary')?.focus();
}
