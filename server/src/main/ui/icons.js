// @ts-check
import { html, svg } from './lit-html.js';

/** Signs beside words. None says anything that a word beside it, or its label, doesn't. */

/** @type {Record<string, import('./lit-html.js').SVGTemplateResult>} */
const SHAPES = {
  deployed: svg`<path d="M3.5 8.5 6.5 11.5 12.5 4.5"/>`,
  failed: svg`<path d="M4 4 12 12M12 4 4 12"/>`,
  blocked: svg`<circle cx="8" cy="8" r="5.5"/><path d="M4.2 4.2 11.8 11.8"/>`,
  waiting: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.2l2 1.6"/>`,
  ineligible: svg`<circle cx="8" cy="8" r="5.5"/><path d="M5.5 8h5"/>`,
  running: svg`<path d="M5 3.5 12 8 5 12.5Z"/>`,
  skipped: svg`<path d="M4 8h8"/>`,
  unknown: svg`<circle cx="8" cy="8" r="1"/>`,
  chevron: svg`<path d="M6 4 10 8 6 12"/>`,
  search: svg`<circle cx="7" cy="7" r="4"/><path d="M10 10 13.5 13.5"/>`,
  close: svg`<path d="M4 4 12 12M12 4 4 12"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="7.5" height="8" rx="1.2"/><path d="M10.5 3.2V3a1 1 0 0 0-1-1H4a1.2 1.2 0 0 0-1.2 1.2v6.6a1 1 0 0 0 1 1h.4"/>`,
  theme: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11Z" fill="currentColor"/>`,
  linked: svg`<path d="M4 3v5a2 2 0 0 0 2 2h6M9.5 7.5 12 10 9.5 12.5"/>`,
};

/**
 * A sign of 16 by 16 pixels.
 * @param {string} name
 */
export function sign(name) {
  return html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name] ?? SHAPES.unknown}</svg>`;
}

/** How far up the bar of each outcome reaches, so that a strip can be read without its colours. */
const HEIGHTS = { failed: 14, blocked: 11, ineligible: 9, waiting: 8, running: 6, deployed: 4, skipped: 2 };

const STRIP = 10;

/**
 * The outcomes of a target's recent traces, the newest at the right.
 * @param {import('./types.js').RecentTrace[]} recent the newest first
 */
export function strip(recent) {
  const shown = recent.slice(0, STRIP).reverse();
  const label = `Recent outcomes, the newest last: ${shown.map(trace => trace.outcome).join(', ')}`;
  return html`<svg class="strip" viewBox="0 0 ${STRIP * 6} 14" role="img" aria-label=${label}>
    <title>${label}</title>
    ${shown.map((trace, index) => {
      const height = HEIGHTS[/** @type {keyof typeof HEIGHTS} */ (trace.outcome)] ?? 2;
      const x = (STRIP - shown.length + index) * 6;
      return svg`<rect class="fill-${trace.outcome}" x=${x} y=${14 - height} width="4" height=${height} rx="1"/>`;
    })}
  </svg>`;
}
