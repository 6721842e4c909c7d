// @ts-check
import { html, nothing } from './lit-html.js';
import { valueText } from './format.js';
import { sign } from './icons.js';
import { to } from './routes.js';
import { lookOfStatus, stepVerdict } from './words.js';

/** Steps as they were in one trace and are in another, beside each other. */

/** @type {Record<string, string>} */
const CHANGES = { flipped: 'flipped', appeared: 'new', vanished: 'gone', changed: 'changed', same: 'same' };

/**
 * A table of them.
 * @param {import('./types.js').Step[]} steps
 * @param {string} workspaceId
 * @param {[string, string]} traceIds the traces of which they are
 * @param {unknown} head its first row; nothing for none
 */
export function stepTable(steps, workspaceId, traceIds, head) {
  return html`<table class="compare" role="table">
    ${head === nothing ? nothing : html`<thead role="rowgroup">${head}</thead>`}
    <tbody role="rowgroup">${steps.map(step => row(step, workspaceId, traceIds))}</tbody></table>`;
}

/**
 * @param {import('./types.js').Step} step
 * @param {string} workspaceId
 * @param {[string, string]} traceIds
 */
function row({ kind, change, name, a, b, metadata }, workspaceId, [first, second]) {
  return html`<tr role="row" class="is-change-${change}">
    <th role="rowheader" scope="row">${name} <span class="change">${CHANGES[change]}</span></th>
    ${cell(kind, a, address(workspaceId, first, a), metadata.map(({ key, a }) => [key, a]))}
    ${cell(kind, b, address(workspaceId, second, b), metadata.map(({ key, b }) => [key, b]))}</tr>`;
}

/**
 * @param {string} workspaceId
 * @param {string} traceId
 * @param {import('./types.js').StepState | null} state
 */
function address(workspaceId, traceId, state) {
  return to.trace(workspaceId, traceId, { span: state?.spanId ?? null });
}

/**
 * @param {string} kind
 * @param {import('./types.js').StepState | null} state
 * @param {string} path
 * @param {unknown[][]} metadata
 */
function cell(kind, state, path, metadata) {
  if (state === null) return html`<td role="cell" class="faint">not there</td>`;
  const look = lookOfStatus(state.verdict);
  return html`<td role="cell">
    <a class="outcome is-${look}" href=${path}>${sign(look)}${stepVerdict(kind, state.verdict)}</a>
    ${state.message === null ? nothing : html`<p>${state.message}</p>`}
    ${metadata.map(([key, value]) => html`<p><span class="faint">${key}</span> ${value === null ? '–' : valueText(value)}</p>`)}</td>`;
}
