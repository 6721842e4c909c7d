// @ts-check
import { html } from './lit-html.js';
import { sign } from './icons.js';
import { copied } from './parts.js';

/** The answer to why in sentences, and how facts stand below. */

/**
 * The sentences, in a box that copies as plain text for a chat or a ticket.
 * @param {{ answer: string[], outcome: string | null }} answered
 * @param {unknown} links
 */
export function answerBox({ answer, outcome }, links) {
  const [first, ...rest] = answer;
  const text = answer.join('\n');
  return html`<section class="answer is-${outcome ?? 'unknown'}" aria-label="The answer">
    <p class="sentence">${first}</p>
    ${rest.map(line => html`<p>${line}</p>`)}
    <footer>${links}<span class="space"></span>
      <button class="quiet" @click=${copied(() => text)}>${sign('copy')}Copy the answer</button></footer>
  </section>`;
}

/**
 * A name and what there is to say of it, for a list of facts.
 * @param {unknown} name
 * @param {unknown} value
 */
export function fact(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
