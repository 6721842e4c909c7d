// @ts-check
import { html, nothing } from './lit-html.js';
import { age, clock, counted, exact, instant, isNow } from './format.js';
import { sign } from './icons.js';

/** What several views are made of. Whatever comes from data goes in as text. */

/** @typedef {import('./lit-html.js').TemplateResult} TemplateResult */

/**
 * The name of an outcome with its sign.
 * @param {string} outcome
 * @param {string} [word]
 */
export function outcomeWord(outcome, word = outcome) {
  return html`<span class="outcome is-${outcome}">${sign(outcome)}${word}</span>`;
}

/**
 * A time as people say it; the exact one on hover.
 * @param {string} text
 */
export function time(text) {
  return timeAs(text, at => clock(at, Date.now()));
}

/**
 * How long ago a time is, such as "now" or "2 h"; the exact one on hover.
 * @param {string} text
 */
export function ago(text) {
  return timeAs(text, at => age(Date.now() - at));
}

/**
 * The same within a sentence: "just now", "2 h ago".
 * @param {string} text
 */
export function longAgo(text) {
  return timeAs(text, at => isNow(Date.now() - at) ? 'just now' : `${age(Date.now() - at)} ago`);
}

/**
 * A controller may send any time: one that no clock shows stands there as it came.
 * @param {string} text
 * @param {(at: number) => string} say
 */
function timeAs(text, say) {
  const at = instant(text);
  return Number.isNaN(at) ? html`<span>${text}</span>` : html`<time datetime=${text} title=${exact(text)}>${say(at)}</time>`;
}

/**
 * The top of a view: its name, which is read out and focused when it opens.
 * @param {unknown} name
 * @param {unknown} [beside]
 */
export function heading(name, beside = nothing) {
  return html`<header class="heading"><h1 tabindex="-1">${name}</h1>${beside}</header>`;
}

/**
 * A view that has nothing to show, and what to do about it.
 * @param {string} title
 * @param {unknown} text
 * @param {unknown} [action]
 */
export function notice(title, text, action = nothing) {
  return html`<section class="notice"><h2>${title}</h2><p>${text}</p>${action}</section>`;
}

/**
 * A notice that is all there is.
 * @param {string} title
 * @param {unknown} text
 * @param {unknown} [action]
 */
export function onlyNotice(title, text, action = nothing) {
  return html`<section class="notice"><h1 tabindex="-1">${title}</h1><p>${text}</p>${action}</section>`;
}

/**
 * Why there is no answer, and the next step.
 * @param {import('./api.js').Problem} problem
 * @param {() => void} again
 * @param {string} home where the way back leads
 */
export function problemNotice(problem, again, home) {
  const retry = html`<button @click=${again}>Try again</button>`;
  const back = html`<a class="button" href=${home}>To the targets</a>`;
  switch (problem.type) {
    case 'unreachable':
      return notice('The server can’t be reached', 'Check your connection, or whether deploytrace serve still runs.', retry);
    case 'trace-not-found':
      return notice('There is no such trace', problem.message, back);
    case 'workspace-not-found':
      return notice('There is no such workspace', 'Or your key isn’t good for it. Choose another one, or sign in with '
        + 'another key.', html`<a class="button" href="/">To my workspaces</a>`);
    case 'forbidden':
      return notice('Your key isn’t good for this', problem.message, back);
    case 'invalid-parameter': case 'invalid-cursor': case 'invalid-request':
      return notice('This can’t be shown', problem.message, back);
    default:
      return notice('The server didn’t answer', problem.message, retry);
  }
}

/**
 * What is loaded, or why it isn't, or that it is being loaded.
 * @template T
 * @param {import('./loading.js').Loading<T>} loading
 * @param {(value: T) => unknown} draw
 * @param {() => void} again
 * @param {string} home
 */
export function loaded(loading, draw, again, home) {
  if (loading.value !== undefined) {
    return html`${loading.problem === null ? nothing : stale(loading.problem, again)}${draw(loading.value)}`;
  }
  if (loading.problem !== null) return problemNotice(loading.problem, again, home);
  return html`<div class="skeleton" aria-busy="true" role="status">${loading.slow ? 'Loading …' : ''}</div>`;
}

/**
 * @param {import('./api.js').Problem} problem
 * @param {() => void} again
 */
function stale(problem, again) {
  return html`<p class="stale" role="status">This may be out of date: ${problem.message}
    <button class="link" @click=${again}>Try again</button></p>`;
}

/**
 * Above a list: how many of its entries changed while somebody's hands were on it, and the way to see them.
 * @param {number} count
 * @param {string} name of one
 * @param {() => void} show
 */
export function movedNotice(count, name, show) {
  return count === 0 ? nothing : html`<button class="news" @click=${show}>${counted(count, name)} changed: show</button>`;
}

/**
 * A button that copies a text, and says so.
 * @param {() => string | Promise<string>} text
 * @param {string} label
 */
export function copyButton(text, label) {
  return html`<button class="quiet copy" title=${label} aria-label=${label} @click=${copied(text)}>${sign('copy')}</button>`;
}

/**
 * @param {() => string | Promise<string>} text
 * @returns {(event: Event) => Promise<void>}
 */
export function copied(text) {
  return async event => {
    event.preventDefault();
    event.stopPropagation();
    const said = await write(await text());
    announce(said ? 'Copied' : 'Your browser doesn’t let pages copy here. Select the text instead.');
  };
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeBySelection(text);
  }
}

/**
 * Where the page is served without TLS, browsers have no clipboard for scripts.
 * @param {string} text
 */
function writeBySelection(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'offscreen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

/** @type {number | undefined} */
let hiding;

/**
 * Says something in passing, also to who listens instead of looking.
 * @param {string} text
 */
export function announce(text) {
  const toast = document.querySelector('#toast');
  if (!(toast instanceof HTMLElement)) return;
  toast.textContent = text;
  clearTimeout(hiding);
  hiding = setTimeout(() => { toast.textContent = ''; }, 2_500);
}
