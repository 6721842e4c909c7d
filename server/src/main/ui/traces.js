// @ts-check
import { html, nothing } from './lit-html.js';
import { get, pathOf } from './api.js';
import { filterForm, filterOf } from './filters.js';
import { counted, duration, instant, shortId } from './format.js';
import { Listing } from './listing.js';
import { ago, loaded, notice, outcomeWord } from './parts.js';
import { to } from './routes.js';
import { searchField } from './search.js';
import { teach } from './teach.js';
import { every } from './timing.js';
import { causeText } from './words.js';

/** @typedef {{ traces: import('./types.js').Trace[], nextCursor: string | null }} Page */

const PAGE = 50;
const MOST = 1_000;

/** All traces, the newest first, by any filter of the API. Older ones follow as one scrolls. */
export class Traces {
  title = 'Traces';
  #context;
  /** @type {Record<string, string>} */
  #filter;
  /** @type {Listing<Page>} */
  #page;
  /** @type {import('./types.js').Trace[]} */
  #newer = [];
  #refresh = every(1_500, () => this.#look());
  #end = new IntersectionObserver(seen => { if (seen.some(entry => entry.isIntersecting)) this.#more(); },
    { rootMargin: '600px' });
  /** @type {Element | null} */
  #watched = null;

  /** @param {import('./app.js').Context} context */
  constructor(context) {
    this.#context = context;
    this.#filter = filterOf(context.route.params);
    this.#page = new Listing(context.draw, () => 0);
    context.live.headStart().then(() => this.#load(context.kept));
  }

  stop() {
    this.#page.stop();
    this.#refresh.stop();
    this.#end.disconnect();
  }

  /** @param {import('./routes.js').Route} route @param {number} [kept] */
  follow(route, kept) {
    const filter = filterOf(route.params);
    if (JSON.stringify(filter) !== JSON.stringify(this.#filter)) {
      this.#filter = filter;
      this.#load(kept);
    }
    return true;
  }

  /** How many are there, for who comes back. */
  get kept() {
    return this.#page.shown?.traces.length ?? 0;
  }

  /** What is listed is renewed in place; whether there are new ones is for the server to say. */
  changed(/** @type {import('./types.js').Trace} */ trace) {
    if (this.#page.shown?.traces.some(each => each.traceId === trace.traceId)) {
      this.#page.change(page => renewed(page, [trace]));
      this.#context.draw();
    } else {
      this.#refresh.soon();
    }
  }

  reset() {
    this.#refresh.soon();
  }

  /** @param {{ cursor?: string | null, limit?: string }} part @param {AbortSignal} [signal] @returns {Promise<Page>} */
  #ask(part, signal) {
    return get(pathOf(this.#context.workspaceId, 'traces', { ...this.#filter, ...part }), signal);
  }

  /** @param {number} [count] as many as this, a page at least */
  #load(count = 0) {
    this.#newer = [];
    return this.#page.load(signal => this.#ask({ limit: limitFor(count) }, signal));
  }

  async #look() {
    const page = this.#page.shown;
    if (page === undefined || this.#page.loading.problem !== null) return this.#load(this.kept);
    const known = new Set(page.traces.map(trace => trace.traceId));
    try {
      const { traces } = await this.#ask({ limit: limitFor(this.kept) });
      this.#newer = traces.filter(trace => !known.has(trace.traceId));
      this.#page.change(page => renewed(page, traces));
    } catch {
      // The list says so when it is asked itself, and the bar when the server is away.
    }
    this.#context.draw();
  }

  #more() {
    this.#page.grow(({ nextCursor }, signal) => nextCursor === null ? null : this.#ask({ cursor: nextCursor }, signal),
      (page, next) => ({ traces: [...page.traces, ...next.traces], nextCursor: next.nextCursor }));
  }

  /** @param {Record<string, string>} filter */
  #change(filter) {
    this.#filter = filter;
    this.#context.replace(to.traces(this.#context.workspaceId, filter));
    this.#load();
  }

  /** @param {string} q */
  #search(q) {
    const { q: _, ...others } = this.#filter;
    this.#change(q.trim() === '' ? others : { ...others, q });
  }

  drawn() {
    const end = document.querySelector('#more-traces');
    if (end === this.#watched) return;
    this.#end.disconnect();
    if (end !== null) this.#end.observe(end);
    this.#watched = end;
  }

  draw() {
    const home = to.targets(this.#context.workspaceId);
    return html`<div class="list-page">
      <header class="heading"><h1 tabindex="-1">Traces</h1>
        ${searchField(this.#filter.q ?? '', 'Search traces', q => this.#search(q))}</header>
      ${filterForm(this.#filter, filter => this.#change(filter))}
      ${this.#newer.length === 0 ? nothing : html`<button class="news" @click=${() => this.#load()}>
        ${counted(this.#newer.length, 'new trace')}: show</button>`}
      ${loaded(this.#page.loading, page => this.#table(page.shown), () => this.#load(this.kept), home)}</div>`;
  }

  /** @param {Page} page */
  #table({ traces, nextCursor }) {
    if (traces.length === 0) {
      return Object.keys(this.#filter).length === 0 ? teach(this.#context.workspaceId)
        : notice('No such trace', 'No trace matches all filters.',
          html`<button @click=${() => this.#change({})}>Clear all filters</button>`);
    }
    return html`<table class="traces" role="table">
      <thead role="rowgroup"><tr role="row">
        ${['Recorded', 'Outcome', 'Target', 'Cause', 'Release', 'Took', 'Trace'].map(name => html`
          <th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
      <tbody role="rowgroup">${traces.map(trace => this.#row(trace))}</tbody>
    </table>
    ${nextCursor === null ? nothing : html`
      <button class="more" id="more-traces" @click=${() => this.#more()}>Show older ones</button>`}`;
  }

  /** @param {import('./types.js').Trace} trace */
  #row(trace) {
    const took = trace.endTime === null ? `${duration(Date.now() - instant(trace.startTime))} so far`
      : duration(instant(trace.endTime) - instant(trace.startTime));
    return html`<tr role="row">
      <td role="cell" class="when">${ago(trace.createdAt)}</td>
      <td role="cell">${outcomeWord(trace.outcome)}</td>
      <td role="cell" class="key"><a data-row href=${to.trace(this.#context.workspaceId, trace.traceId)}>
        ${trace.releaseTargetKey ?? 'no target'}</a></td>
      <td role="cell" class="cause">${causeText(trace.cause)}</td>
      <td role="cell" class="release">${trace.releaseId}</td>
      <td role="cell" class="took">${took}</td>
      <td role="cell" class="id" title=${trace.traceId}>${shortId(trace.traceId)}</td>
    </tr>`;
  }
}

/** @param {number} count */
function limitFor(count) {
  return String(Math.min(MOST, Math.max(PAGE, count)));
}

/** The page with what is known of its traces now; an answer may come later than an event that tells more. @param {Page} page @param {import('./types.js').Trace[]} traces */
function renewed(page, traces) {
  const now = new Map(traces.map(trace => [trace.traceId, trace]));
  return { ...page, traces: page.traces.map(before => newest(before, now.get(before.traceId))) };
}

/** @param {import('./types.js').Trace} before @param {import('./types.js').Trace | undefined} after */
function newest(before, after) {
  return after === undefined || (before.createdAt === after.createdAt && before.revision > after.revision) ? before : after;
}
