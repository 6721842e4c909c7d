// @ts-check
import { areShortcutsOn, openHelp } from './help.js';

/** The keys that work everywhere. Rows that can be moved to carry the attribute data-row, searches data-search. */

/**
 * @typedef {object} Reaction
 * @property {(event: KeyboardEvent) => boolean} view what the view makes of a key first; true if that was all
 * @property {(where: 'targets' | 'traces' | 'search') => void} go
 */

/** Whether the last key was the first of two. */
let isGoing = false;

/**
 * Listens to the keys of the page.
 * @param {Reaction} reaction
 */
export function listenToKeys(reaction) {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isInDialog()) return;
    if (event.key === 'Escape' && leaveSearch(event)) return;
    if (isTyping(event) || (isCharacter(event) && !areShortcutsOn())) return;
    if (reaction.view(event) || reactTo(event.key, reaction)) event.preventDefault();
  });
}

function isInDialog() {
  return document.querySelector('dialog[open]') !== null;
}

/** @param {KeyboardEvent} event */
function isCharacter({ key }) {
  return key.length === 1;
}

/** @param {KeyboardEvent} event */
function isTyping(event) {
  return event.target instanceof HTMLElement && event.target.matches('input:not([type="checkbox"]), select, textarea');
}

/**
 * The first time what was typed goes, then the focus.
 * @param {KeyboardEvent} event
 */
function leaveSearch(event) {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !field.matches('[data-search]')) return false;
  if (field.value === '') {
    field.blur();
  } else {
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  event.preventDefault();
  return true;
}

/**
 * @param {string} key
 * @param {Reaction} reaction
 */
function reactTo(key, reaction) {
  const went = isGoing;
  isGoing = false;
  if (went && key === 't') return done(reaction.go('targets'));
  if (went && key === 'r') return done(reaction.go('traces'));
  switch (key) {
    case 'g': isGoing = true; return true;
    case '?': return done(openHelp());
    case '/': return done(search(reaction));
    case 'j': return move(1);
    case 'k': return move(-1);
    default: return false;
  }
}

/** @param {void} _ */
function done(_) {
  return true;
}

/** @param {Reaction} reaction */
function search(reaction) {
  const field = document.querySelector('[data-search]');
  if (field instanceof HTMLInputElement) field.select();
  else reaction.go('search');
}

/**
 * To the next row, from wherever the focus is.
 * @param {1 | -1} by
 */
function move(by) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('main [data-row]')]);
  const at = rows.findIndex(row => row.contains(document.activeElement));
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
