// @ts-check
import { html, nothing } from './lit-html.js';
import { get, pathOf } from './api.js';
import { filterForm, filterOf } from './filters.js';
import { counted, duration, instant, shortId } from './format.js';
import { Loading } from './loading.js';
import { ago, loaded, notice, outcomeWord } from './parts.js';
import { to } from './routes.js';
import { searchField } from './search.js';
import { teach } from './teach.js';
import { every } from './timing.js';
import { causeText } from './words.js';

/** @typedef {{ traces: import('./types.js').Trace[], nextCursor: string | null }} Page */

/** All traces, the newest first, by any filter of the API. Older ones follow as one scrolls. */
export class Traces {
  title = 'Traces';
  #context;
  /** @type {Record<string, string>} */
  #filter;
  /** @type {Loading<Page>} */
  #page;
  /** @type {import('./types.js').Trace[]} */
  #newer = [];
  #isGrowing = false;
  #refresh = every(1_500, () => this.#look());
  #end = new IntersectionObserver(seen => { if (seen.some(entry => entry.isIntersecting)) this.#more(); },
    { rootMargin: '600px' });
  /** @type {Element | null} */
  #watched = null;

  /** @param {import('./app.js').Context} context */
  constructor(context) {
    this.#context = context;
    this.#filter = filterOf(context.route.params);
    this.#page = new Loading(context.draw);
    context.live.headStart().then(() => this.#load());
  }

  stop() {
    this.#page.stop();
    this.#refresh.stop();
    this.#end.disconnect();
  }

  /** @param {import('./routes.js').Route} route */
  follow(route) {
    const filter = filterOf(route.params);
    if (JSON.stringify(filter) !== JSON.stringify(this.#filter)) {
      this.#filter = filter;
      this.#load();
    }
    return true;
  }

  /** What is listed is renewed in place; whether there are new ones is for the server to say. */
  changed(/** @type {import('./types.js').Trace} */ trace) {
    const page = this.#page.value;
    if (page?.traces.some(each => each.traceId === trace.traceId)) {
      this.#page.value = { ...page, traces: page.traces.map(each => each.traceId === trace.traceId ? trace : each) };
      this.#context.draw();
    } else {
      this.#refresh.soon();
    }
  }

  reset() {
    this.#refresh.soon();
  }

  /** @param {string | null} cursor @param {AbortSignal} [signal] @returns {Promise<Page>} */
  #ask(cursor, signal) {
    return get(pathOf(this.#context.workspaceId, 'traces', { ...this.#filter, cursor }), signal);
  }

  #load() {
    this.#newer = [];
    return this.#page.load(signal => this.#ask(null, signal));
  }

  async #look() {
    const page = this.#page.value;
    if (page === undefined || this.#page.problem !== null) return this.#load();
    const known = new Set(page.traces.map(trace => trace.traceId));
    try {
      const { traces } = await this.#ask(null);
      this.#newer = traces.filter(trace => !known.has(trace.traceId));
    } catch {
      // The list says so when it is asked itself, and the bar when the server is away.
    }
    this.#context.draw();
  }

  async #more() {
    const before = this.#page.value;
    if (this.#isGrowing || before === undefined || before.nextCursor === null) return;
    this.#isGrowing = true;
    await this.#page.load(async signal => {
      const next = await this.#ask(before.nextCursor, signal);
      return { traces: [...before.traces, ...next.traces], nextCursor: next.nextCursor };
    });
    this.#isGrowing = false;
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
      ${loaded(this.#page, page => this.#table(page), () => this.#load(), home)}</div>`;
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
