// @ts-check
import { html, nothing } from './lit-html.js';
import { fact } from './answer.js';
import { get, pathOf } from './api.js';
import { duration, instant, valueText } from './format.js';
import { sign } from './icons.js';
import { jsonText } from './json.js';
import { Loading } from './loading.js';
import { copied, copyButton, problemNotice, time } from './parts.js';
import { to } from './routes.js';
import { lookOfStatus, verdict } from './words.js';

/** @typedef {import('./types.js').Span} Span */

const OURS = 'ctrlplane.';
const CONFIGURATION = 'ctrlplane.job_config.';

/** All that is stored of one span, beside its row. It is asked for when it is opened, so that rows can be light. */
export class TracePanel {
  /** @type {Loading<Span | null>} */
  #span;
  #workspaceId;
  #key = '';
  /** @type {() => void} */
  #again = () => {};

  /**
   * @param {string} workspaceId
   * @param {() => void} draw
   */
  constructor(workspaceId, draw) {
    this.#workspaceId = workspaceId;
    this.#span = new Loading(draw);
  }

  /**
   * Shows this span from now on; what was shown stays until it is there.
   * @param {string} traceId
   * @param {string} spanId
   * @param {boolean} [anew] whether it is asked for although it is shown
   */
  show(traceId, spanId, anew = false) {
    const key = `${traceId}/${spanId}`;
    if (key === this.#key && !anew) return;
    this.#key = key;
    this.#again = () => this.#span.load(async signal => {
      const { spans } = await get(pathOf(this.#workspaceId, 'spans', { traceId, spanId }), signal);
      return spans[0] ?? null;
    });
    this.#again();
  }

  stop() {
    this.#span.stop();
  }

  /** @param {() => void} close */
  draw(close) {
    const { value, problem } = this.#span;
    return html`<aside class="panel" aria-label="Span">
      <button class="quiet close" aria-label="Close" title="Close (Esc)" @click=${close}>${sign('close')}</button>
      ${problem !== null ? problemNotice(problem, this.#again, to.targets(this.#workspaceId))
        : value === undefined ? html`<div class="skeleton" aria-busy="true"></div>`
        : value === null ? html`<p class="faint">This span was removed since.</p>` : details(value)}
    </aside>`;
  }
}

/** @param {Span} span */
function details(span) {
  const look = lookOfStatus(span.status);
  const said = span.attributes[`${OURS}message`];
  const entries = Object.entries(span.attributes);
  const own = entries.filter(([key]) => !key.startsWith(OURS));
  const configuration = entries.filter(([key]) => key.startsWith(CONFIGURATION))
    .map(([key, value]) => /** @type {[string, unknown]} */ ([key.slice(CONFIGURATION.length), value]));
  const metadata = span.events.filter(isMetadata).map(event => Object.entries(event.attributes)[0]);
  const ours = entries.filter(([key]) => key.startsWith(OURS) && !key.startsWith(CONFIGURATION));
  return html`
    <h2>${span.name}</h2>
    <p class="verdict"><span class="outcome is-${look}">${sign(look)}${verdictOf(span)}</span>
      <span class="faint">${[span.phase, span.nodeType].filter(Boolean).join(' · ')}</span></p>
    ${typeof said === 'string' ? html`<p class="said">${said}</p>` : nothing}
    <dl class="facts">
      ${fact('Began', time(span.startTime))}
      ${fact('Took', span.endTime === null ? 'still open' : duration(instant(span.endTime) - instant(span.startTime)))}
    </dl>
    ${group('Job configuration', configuration)}
    ${group('Metadata', [...own, ...metadata])}
    ${events(span)}
    <details><summary>All that is stored</summary>
      <dl class="facts">${fact('Span', idWithCopy(span.spanId))}${fact('Trace', idWithCopy(span.traceId))}</dl>
      ${group('Attributes', ours)}
    </details>
    <details><summary>JSON</summary>
      <button class="quiet" @click=${copied(() => json(span))}>${sign('copy')}Copy the JSON</button>
      <pre tabindex="0">${json(span)}</pre></details>`;
}

/** @param {Span} span */
function verdictOf({ status, attributes }) {
  return verdict({ status, result: attributes[`${OURS}result`], decision: attributes[`${OURS}decision`] });
}

/** @param {string} id */
function idWithCopy(id) {
  return html`<code>${id}</code>${copyButton(() => id, 'Copy the id')}`;
}

/** @param {Span} span */
function json(span) {
  return jsonText(span, 2);
}

/**
 * @param {string} title
 * @param {[string, unknown][]} entries
 */
function group(title, entries) {
  if (entries.length === 0) return nothing;
  return html`<h3>${title}</h3><dl class="facts">${entries.map(([key, value]) => fact(key, valueWithCopy(value)))}</dl>`;
}

/** @param {unknown} value */
function valueWithCopy(value) {
  const text = valueText(value);
  return html`<span class="value">${text}</span>${copyButton(() => text, 'Copy the value')}`;
}

/**
 * Metadata are events that hold one value under their own name.
 * @param {import('./types.js').SpanEvent} event
 */
function isMetadata({ name, attributes }) {
  const keys = Object.keys(attributes);
  return keys.length === 1 && keys[0] === name;
}

/** The verdict that counts is told above; earlier ones, exceptions and the like are told here. @param {Span} span */
function events(span) {
  const result = span.events.findLast(event => event.name === 'result');
  const further = span.events.filter(event => event !== result && !isMetadata(event));
  if (further.length === 0) return nothing;
  return html`<h3>Events</h3><ol class="events">${further.map(event => html`<li>
    <p>${time(event.timestamp)} <strong>${event.name}</strong></p>
    ${Object.entries(event.attributes).map(([key, value]) => html`
      <p class="entry"><span class="faint">${key.startsWith(OURS) ? key.slice(OURS.length) : key}</span>
        <span class="value">${valueText(value)}</span></p>`)}
  </li>`)}</ol>`;
}
