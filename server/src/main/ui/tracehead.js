// @ts-check
import { html, nothing } from './lit-html.js';
import { sign } from './icons.js';

/** What is known of a trace before its spans are. */

/** How many spans it has, with those linked to it. @param {import('./types.js').TraceHead | undefined} head */
export function sizeOf(head) {
  return head === undefined ? 0 : head.linkedTraces.reduce((sum, linked) => sum + linked.spanCount, head.spanCount);
}

/**
 * How much of the trace there is; nothing until that is known.
 * @param {string | null | undefined} completeness
 * @param {number} openCount
 */
export function completeness(completeness, openCount) {
  switch (completeness) {
    case 'complete': return html`<span title="All its spans are here and have ended">${sign('deployed')}complete</span>`;
    case 'open': return html`<span title="It runs, or its controller died">${sign('running')}${openCount} still open</span>`;
    case 'partial': return html`<span title="Spans are missing: what is here may not be all">${sign('unknown')}spans are missing</span>`;
    default: return nothing;
  }
}
