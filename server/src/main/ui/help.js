// @ts-check
import { html } from './lit-html.js';
import { choose } from './choose.js';

/** The keys that work, in a dialog, and whether they do. */

const KEYS = [
  ['/', 'search, or find within a trace'],
  ['j  k', 'next and previous row'],
  ['Enter', 'open the row'],
  ['Esc', 'close, or leave the search'],
  ['←  →', 'in a trace: collapse and expand'],
  ['n  N', 'in a trace: next and previous match'],
  ['b', 'in a trace: to what stands in the way'],
  ['g t', 'to the targets'],
  ['g r', 'to the traces'],
  ['?', 'this help'],
];

export function helpDialog() {
  return html`<dialog id="help" aria-labelledby="help-title">
    <form method="dialog">
      <h2 id="help-title">Keys</h2>
      <dl class="keys">${KEYS.map(([key, what]) => html`
        <div><dt>${key.split('  ').map(each => html`<kbd>${each}</kbd> `)}</dt><dd>${what}</dd></div>`)}</dl>
      <label class="choice"><input type="checkbox" .checked=${areShortcutsOn()} @change=${switchShortcuts}>
        Letters and signs alone are shortcuts</label>
      <button autofocus>Close</button>
    </form>
  </dialog>`;
}

/** Whether a letter or a sign alone does something. Who speaks to the computer may rather not have that. */
export function areShortcutsOn() {
  return document.documentElement.dataset.keys !== 'off';
}

/** @param {Event} event */
function switchShortcuts({ target }) {
  choose('keys', /** @type {HTMLInputElement} */ (target).checked ? 'on' : 'off');
}

export function openHelp() {
  const dialog = document.querySelector('#help');
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}
