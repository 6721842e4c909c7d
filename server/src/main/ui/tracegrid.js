// @ts-check
import { html, nothing } from './lit-html.js';
import { counted, duration } from './format.js';
import { sign } from './icons.js';
import { barOf, marks, windowOf } from './timeline.js';
import { lookOfStatus } from './words.js';

/** @typedef {import('./tracemodel.js').Row} Row */

/**
 * @typedef {object} Grid what is drawn of a trace, and what its rows can do
 * @property {import('./tracemodel.js').TraceModel} model
 * @property {number} now
 * @property {Row | undefined} active
 * @property {Map<Row, 'cause' | 'way' | 'blocker'>} marked what stands in the way, and what is above it
 * @property {Set<number>} found
 * @property {(row: Row) => string} addressOf
 * @property {(row: Row) => void} select
 * @property {(row: Row) => void} toggle
 */

/** The rows as a tree, each with its bar on the shared axis. Only those in sight are in the document. */
export function traceGrid(/** @type {Grid} */ grid) {
  const { model } = grid;
  const { visible } = model;
  const height = rowHeight();
  const { first, last } = windowOf(visible.length, height, topOfSight(), innerHeight);
  const isActiveDrawn = grid.active !== undefined && visible.slice(first, last).includes(grid.active.index);
  const end = model.openCount > 0 ? Math.max(grid.now, model.end) : model.end;
  return html`${printed(first, last, visible.length)}
    <div class="grid" role="treegrid" id="grid" tabindex="0" aria-label="Spans" aria-rowcount=${visible.length + 1}
      aria-activedescendant=${isActiveDrawn && grid.active !== undefined ? idOf(grid.active) : nothing}>
    <div class="grid-head" role="rowgroup"><div class="grid-row" role="row" aria-rowindex="1">
      <span role="columnheader">Span</span><span role="columnheader" class="took">Took</span>
      <span role="columnheader" class="axis"><span class="offscreen">Timeline</span>${axis(end - model.start)}</span></div></div>
    <div class="grid-body" id="grid-body" role="rowgroup" .style=${`height: ${visible.length * height}px`}>
      ${visible.slice(first, last).map((index, offset) => row(grid, model.rows[index], first + offset, height, end))}
    </div></div>`;
}

/**
 * Print has the rows that are in the document.
 * @param {number} first
 * @param {number} last
 * @param {number} count
 */
function printed(first, last, count) {
  if (last - first === count) return nothing;
  return html`<p class="print-only">Printed are ${last - first} of ${counted(count, 'row')}: those around what was in sight.</p>`;
}

/** The height of a row in pixels, as the style sheet says it in units of the text: where the window is narrow, rows are higher. */
export function rowHeight() {
  const style = getComputedStyle(document.documentElement);
  return Math.round(parseFloat(style.fontSize) * parseFloat(style.getPropertyValue('--span-row')));
}

/** Whoever listens hears of the active row only while the rows have the focus. */
export function focusGrid() {
  /** @type {HTMLElement | null} */ (document.querySelector('#grid'))?.focus({ preventScroll: true });
}

/** How far the first row is above the upper edge of the window. */
export function topOfSight() {
  const body = document.querySelector('#grid-body');
  return body === null ? 0 : -body.getBoundingClientRect().top;
}

/** @param {number} length */
function axis(length) {
  const most = innerWidth > 1_400 ? 6 : 3;
  return marks(length, most).map(({ share, label }) => html`
    <span class="mark" .style=${`left: ${share * 100}%`}>${label}</span>`);
}

/** @param {Row} row */
function idOf(row) {
  return `span-${row.index}`;
}

/**
 * @param {Grid} grid
 * @param {Row} row
 * @param {number} place among the visible ones
 * @param {number} height
 * @param {number} end
 */
function row(grid, row, place, height, end) {
  const { model, active, marked, found, addressOf, select, toggle } = grid;
  const folded = model.isFolded(row);
  const mark = marked.get(row);
  const classes = `grid-row span is-${lookOfStatus(row.status)} ${mark === undefined ? '' : `on-${mark}`} ${found.has(row.index) ? 'found' : ''}`;
  /** @param {MouseEvent} event */
  function chosen(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    select(row);
  }
  return html`<div class=${classes} role="row" id=${idOf(row)} aria-rowindex=${place + 2} aria-level=${row.level + 1}
      aria-expanded=${row.isParent ? String(!folded) : nothing} aria-selected=${active === row ? 'true' : 'false'}
      .style=${`top: ${place * height}px; --level: ${row.level}`} @click=${chosen}>
    <span class="name" role="gridcell">
      ${row.isParent ? html`<button class="twist" tabindex="-1" aria-label=${folded ? 'Expand' : 'Collapse'}
        @click=${(/** @type {Event} */ event) => { event.stopPropagation(); toggle(row); }}>${sign('chevron')}</button>`
        : html`<span class="twist"></span>`}
      ${placement(row)}
      <span class="outcome is-${lookOfStatus(row.status)}">${sign(lookOfStatus(row.status))}</span>
      <a tabindex="-1" href=${addressOf(row)}>${row.name}</a>
      <span class="word is-${lookOfStatus(row.status)}">${row.word}</span>
      <span class="why">${mark === 'cause' ? html`<span class="here">the cause</span>` : nothing}
        ${mark === 'blocker' ? html`<span class="here">in the way too</span>` : nothing}
        <span class="message">${row.message}</span></span></span>
    <span class="took" role="gridcell">${took(row, grid.now)}</span>
    <span class="axis" role="gridcell">${bar(row, model.start, end)}</span>
  </div>`;
}

/** @type {Record<string, string>} */
const PLACEMENTS = {
  linked: 'Recorded by the job itself',
  orphan: 'The span above it is missing',
  circle: 'It stands below itself',
};

/** @param {Row} row */
function placement({ placement }) {
  const label = PLACEMENTS[placement];
  if (label === undefined) return nothing;
  return html`<span class="placement" title=${label}>${sign('linked')}<span class="offscreen">${label}</span></span>`;
}

/**
 * @param {Row} row
 * @param {number} now
 */
function took({ start, end }, now) {
  if (Number.isNaN(end)) return `${duration(now - start)} …`;
  return end > start ? duration(end - start) : '';
}

/**
 * @param {Row} row
 * @param {number} start
 * @param {number} end
 */
function bar(row, start, end) {
  const { left, width } = barOf(row, start, end);
  const open = Number.isNaN(row.end) ? ' open' : '';
  return html`<span class="bar fill-${lookOfStatus(row.status)}${open}" .style=${`left: ${left}%; width: ${width}%`}></span>`;
}
