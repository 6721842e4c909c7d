// @ts-check
import { html } from './lit-html.js';
import { sign } from './icons.js';

/** So long nothing is asked after a key was pressed: the next one may follow. */
const PAUSE = 150;

/** @type {number | undefined} */
let timer;

/**
 * A field that asks as one types. What is typed is its own: it changes from outside only while it isn't used.
 * @param {string} value
 * @param {string} label
 * @param {(text: string) => void} search
 * @param {{ pause?: number, keys?: (event: KeyboardEvent) => void }} [options]
 */
export function searchField(value, label, search, { pause = PAUSE, keys = () => {} } = {}) {
  /** @param {Event} event */
  function typed(event) {
    const text = /** @type {HTMLInputElement} */ (event.target).value;
    clearTimeout(timer);
    timer = setTimeout(() => search(text), pause);
  }
  return html`<label class="search">${sign('search')}<span class="offscreen">${label}</span>
    <input type="search" data-search placeholder=${label} .value=${shownIn(label, value)} @input=${typed} @keydown=${keys}
      spellcheck="false" autocomplete="off"><kbd aria-hidden="true">/</kbd></label>`;
}

/** Lets go of what was typed and isn't asked yet: another address was opened meanwhile. */
export function forgetTyped() {
  clearTimeout(timer);
}

/**
 * What is being typed is ahead of what is being searched.
 * @param {string} label
 * @param {string} value
 */
function shownIn(label, value) {
  const field = document.activeElement;
  return field instanceof HTMLInputElement && field.placeholder === label ? field.value : value;
}
