// @ts-check
import { html } from './lit-html.js';
import { clock } from './format.js';
import { OUTCOMES } from './words.js';

/** What traces can be listed by: the parameters of the API, which are those of the address too. */

/** @type {Record<'outcome' | 'phase' | 'nodeType' | 'status', { label: string, words: readonly string[] }>} */
const CHOICES = {
  outcome: { label: 'Outcome', words: OUTCOMES },
  phase: { label: 'Phase', words: ['reconciliation', 'planning', 'eligibility', 'execution', 'action', 'external'] },
  nodeType: { label: 'Kind of span', words: ['phase', 'evaluation', 'check', 'decision', 'action'] },
  status: { label: 'Status of span', words: ['running', 'completed', 'failed', 'allowed', 'blocked', 'pending', 'skipped'] },
};

const TEXTS = { releaseTarget: 'Target', releaseId: 'Release', jobId: 'Job' };

const RANGES = [['', 'Any time'], ['1h', 'Last hour'], ['24h', 'Last 24 hours'], ['7d', 'Last 7 days'], ['30d', 'Last 30 days']];

/** The parameters that an address may have, and that are sent to the server as they are. */
export const PARAMETERS = [...Object.keys(CHOICES), ...Object.keys(TEXTS), 'since', 'until', 'q'];

/** Those that are seen only when asked for, unless they are set. */
const RARE = ['phase', 'nodeType', 'status', 'releaseId', 'jobId', 'until'];

/**
 * The filter of an address.
 * @param {URLSearchParams} params
 * @returns {Record<string, string>}
 */
export function filterOf(params) {
  return Object.fromEntries(PARAMETERS.flatMap(name => {
    const value = params.get(name);
    return value === null || value === '' ? [] : [[name, value]];
  }));
}

/**
 * Fields have no names: within a form they would stand in place of its properties, such as nodeType.
 * @param {Record<string, string>} filter
 * @param {(filter: Record<string, string>) => void} change
 */
export function filterForm(filter, change) {
  const isRare = isTime(filter.since) || RARE.some(name => filter[name] !== undefined);
  /** @param {Event} event */
  function changed(event) {
    const { dataset: { parameter: name = '' }, type, value } = /** @type {HTMLInputElement} */ (event.target);
    if (name === '') return;
    const sent = type === 'datetime-local' && value !== '' ? new Date(value).toISOString() : value.trim();
    const { [name]: _, ...others } = filter;
    change(sent === '' ? others : { ...others, [name]: sent });
  }
  return html`<form class="filters" aria-label="Filters" @change=${changed} @submit=${(/** @type {Event} */ e) => e.preventDefault()}>
    ${select('outcome', filter)}
    ${range(filter)}
    ${text('releaseTarget', filter)}
    <details ?open=${isRare}><summary>More filters</summary>
      <div class="filters">
        ${text('releaseId', filter)} ${text('jobId', filter)}
        ${select('phase', filter)} ${select('nodeType', filter)} ${select('status', filter)}
        ${moment('since', 'From', filter)} ${moment('until', 'Before', filter)}
        <p class="faint">Phase, kind and status must be true of one and the same span.</p>
      </div></details>
    ${Object.keys(filter).length === 0 ? '' : html`<button type="button" class="link" @click=${() => change({})}>Clear all</button>`}
  </form>`;
}

/**
 * What is chosen is set as a property: browsers no longer heed the attribute once somebody chose by hand.
 * @param {keyof typeof CHOICES} name
 * @param {Record<string, string>} filter
 */
function select(name, filter) {
  const { label, words } = CHOICES[name];
  return html`<label>${label}<select data-parameter=${name}>
    <option value="" .selected=${filter[name] === undefined}>any</option>
    ${words.map(word => html`<option .selected=${filter[name] === word}>${word}</option>`)}</select></label>`;
}

/** @param {Record<string, string>} filter */
function range(filter) {
  const value = filter.since ?? '';
  const said = isTime(value) ? clock(Date.parse(value), Date.now()) : value;
  const own = RANGES.some(([known]) => known === value) ? [] : [[value, `Since ${said}`]];
  return html`<label>Time<select data-parameter="since">
    ${[...RANGES, ...own].map(([since, label]) => html`<option value=${since} .selected=${since === value}>${label}</option>`)}
  </select></label>`;
}

/**
 * @param {'since' | 'until'} name
 * @param {string} label
 * @param {Record<string, string>} filter
 */
function moment(name, label, filter) {
  return html`<label>${label}<input type="datetime-local" max="9999-12-31T23:59" data-parameter=${name}
    .value=${local(filter[name])}></label>`;
}

/**
 * @param {keyof typeof TEXTS} name
 * @param {Record<string, string>} filter
 */
function text(name, filter) {
  return html`<label>${TEXTS[name]}<input data-parameter=${name} .value=${filter[name] ?? ''} spellcheck="false" autocomplete="off"></label>`;
}

/**
 * Whether it is a time; the API takes how long ago it was too, such as 24h.
 * @param {string | undefined} text
 */
function isTime(text) {
  return text !== undefined && /^\d{4}-/.test(text) && !Number.isNaN(Date.parse(text));
}

/**
 * The time as a field of the browser takes it: in the viewer's zone.
 * @param {string | undefined} text
 */
function local(text) {
  if (text === undefined || !isTime(text)) return '';
  const time = Date.parse(text);
  return new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
