// @ts-check
import { html, nothing } from './lit-html.js';
import { answerBox } from './answer.js';
import { get, pathOf, request } from './api.js';
import { counted, duration, instant, shortId } from './format.js';
import { Loading } from './loading.js';
import { copyButton, loaded, longAgo, outcomeWord } from './parts.js';
import { to } from './routes.js';
import { every } from './timing.js';
import { completeness, sizeOf } from './tracehead.js';
import { marksOf } from './traceway.js';
import { TraceModel } from './tracemodel.js';
import { TraceRows } from './tracerows.js';
import { readTrace } from './tracestream.js';

/** @typedef {{ head: import('./types.js').TraceHead, model: TraceModel }} Loaded */

/** Larger traces aren't loaded again by themselves. */
const QUICK = 5_000;

/** While a trace is read, so much time lies between what is shown of it. */
const BETWEEN = 100;

/** One trace: why it ended as it did, and all its spans as a tree and on a time axis. */
export class TraceView {
  #context;
  #traceId;
  /** @type {Loading<Loaded>} */
  #trace;
  /** @type {Loading<import('./types.js').Why>} */
  #why;
  /** @type {TraceRows} */
  #rows;
  /** How many readings go on: one, or two while one is broken off for the next. */
  #readings = 0;
  /** The rows wait a moment for the answer above them, so that they needn't move down. That of a large trace isn't worth waiting for. */
  #isShown = false;
  /** What is to be said of a trace that isn't loaded again by itself; nothing while it is as it was. */
  #news = '';
  /** Whether it may have changed while it was read. */
  #missed = false;
  #refresh = every(1_000, () => this.#load());
  #second = setInterval(() => this.#tick(), 1_000);
  #scrolled;

  /** @param {import('./app.js').Context} context */
  constructor(context) {
    this.#context = context;
    this.#traceId = context.route.traceId;
    this.#trace = new Loading(context.draw);
    this.#why = new Loading(context.draw);
    this.#rows = new TraceRows(context);
    this.#scrolled = context.draw;
    addEventListener('scroll', this.#scrolled, { passive: true });
    context.live.headStart().then(() => this.#load());
  }

  get title() {
    const head = this.#trace.value?.head;
    return head === undefined ? 'Trace' : `${this.#outcome(head)}: ${head.releaseTargetKey ?? shortId(head.traceId)}`;
  }

  /** What jobs recorded is counted once the answer is there. @param {import('./types.js').TraceHead} head */
  #outcome(head) {
    return this.#why.value?.outcome ?? head.outcome;
  }

  stop() {
    removeEventListener('scroll', this.#scrolled);
    clearInterval(this.#second);
    this.#trace.stop();
    this.#why.stop();
    this.#refresh.stop();
    this.#rows.stop();
  }

  /** @param {import('./routes.js').Route} route */
  follow(route) {
    if (route.traceId !== this.#traceId) return false;
    this.#rows.follow(route.params);
    return true;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    return this.#trace.value !== undefined && this.#rows.key(event);
  }

  /** @param {import('./types.js').Trace} trace */
  changed(trace) {
    if (trace.traceId === this.#traceId || trace.parentTraceId === this.#traceId) this.#renew(true);
  }

  reset() {
    this.#renew(false);
  }

  /** A large trace isn't thought over again while nothing happens. */
  minute() {
    if (this.#why.value !== undefined && !this.#why.isBusy && sizeOf(this.#trace.value?.head) <= QUICK) this.#ask();
  }

  /** A reading isn't broken off for another one: the server would do the work of both. @param {boolean} isSure whether it changed */
  #renew(isSure) {
    const isQuick = sizeOf(this.#trace.value?.head) <= QUICK;
    if (this.#readings > 0) this.#missed = true;
    else if (isQuick) this.#refresh.soon();
    if (isQuick || (this.#readings > 0 && !isSure)) return;
    if (isSure) this.#news = 'This trace changed';
    else this.#news ||= 'This trace may have changed';
    this.#context.draw();
  }

  drawn() {
    this.#rows.drawn();
  }

  /** What is open grows. */
  #tick() {
    if ((this.#trace.value?.model.openCount ?? 0) > 0) this.#context.draw();
  }

  #load() {
    const { workspaceId } = this.#context;
    const path = `traces/${encodeURIComponent(this.#traceId)}/tree`;
    this.#news = '';
    return this.#trace.load(signal => this.#read(pathOf(workspaceId, path), signal));
  }

  /** Asked once the trace begins to come: both would look at all its spans, one beside the other. */
  #ask() {
    const path = `traces/${encodeURIComponent(this.#traceId)}/why`;
    this.#why.load(signal => get(pathOf(this.#context.workspaceId, path), signal)).then(() => this.#mark());
  }

  /**
   * A first reading shows what is there already; a later one takes the place of the one before when it is complete.
   * @param {string} path
   * @param {AbortSignal} signal
   */
  async #read(path, signal) {
    const isFirst = this.#trace.value === undefined;
    const model = new TraceModel();
    /** @type {Loaded | undefined} */
    let loaded;
    let shown = 0;
    this.#readings++;
    this.#missed = false;
    try {
      await readTrace(await request(path, { signal }), (head, spans) => {
        if (loaded === undefined) this.#ask();
        loaded ??= { head, model };
        spans.forEach(span => model.add(span));
        if (!isFirst || performance.now() < shown + BETWEEN) return;
        this.#showSoFar(loaded);
        shown = performance.now();
      });
    } finally {
      this.#readings--;
    }
    this.#rows.take(model);
    this.#mark();
    if (this.#missed && model.rows.length <= QUICK) this.#refresh.soon();
    return /** @type {Loaded} */ (loaded);
  }

  /** @param {Loaded} loaded */
  #showSoFar(loaded) {
    this.#trace.value = loaded;
    this.#rows.take(loaded.model);
    this.#context.draw();
  }

  #mark() {
    const model = this.#trace.value?.model;
    if (model !== undefined && this.#why.value !== undefined) this.#rows.mark(marksOf(model, this.#why.value));
  }

  /** The heading is there before the trace is: it holds the focus meanwhile. */
  draw() {
    const head = this.#trace.value?.head;
    this.#isShown ||= head !== undefined
      && (this.#why.value !== undefined || this.#why.problem !== null || this.#why.slow || sizeOf(head) > QUICK);
    return html`<article class="trace-page">
      ${this.#top(this.#isShown ? head : undefined)}
      ${loaded(this.#trace, trace => this.#view(trace), () => this.#load(), to.targets(this.#context.workspaceId))}
    </article>`;
  }

  /** @param {Loaded} loaded */
  #view({ head, model }) {
    const why = this.#why.value;
    if (!this.#isShown) return nothing;
    return html`
      ${why === undefined ? this.#awaited() : answerBox(why, this.#links(head))}
      ${this.#news === '' ? nothing : html`<button class="news" @click=${() => this.#load()}>${this.#news}: load it anew</button>`}
      ${this.#rows.draw(this.#progress(head, model), this.#raw())}
    `;
  }

  /** @param {import('./types.js').TraceHead | undefined} head */
  #top(head) {
    const key = head?.releaseTargetKey ?? null;
    return html`<header class=${head === undefined ? 'offscreen' : 'heading trace-heading'}>
      <h1 tabindex="-1">${key === null ? 'Trace' : html`<a href=${to.target(this.#context.workspaceId, key)}>${key}</a>`}</h1>
      ${head === undefined ? nothing : this.#facts(head)}</header>`;
  }

  /** @param {import('./types.js').TraceHead} head */
  #facts(head) {
    const { workspaceId } = this.#context;
    const took = head.endTime === null ? `${duration(Date.now() - instant(head.startTime))} so far`
      : duration(instant(head.endTime) - instant(head.startTime));
    return html`<p class="line">${outcomeWord(this.#outcome(head))}
        ${head.releaseId === null ? nothing : html`<a href=${to.release(workspaceId, head.releaseId)}>${head.releaseId}</a>`}
        <span>${longAgo(head.startTime)}</span><span>took ${took}</span>
        ${head.trigger === null ? nothing : html`<span>${head.trigger}</span>`}
        <span>${completeness(this.#why.value?.completeness, head.openCount)}</span>
        <span class="id" title=${head.traceId}>${shortId(head.traceId)}${copyButton(() => head.traceId, 'Copy the trace’s id')}</span>
      </p>`;
  }

  /** About as much room as the answer will take; or why there is none. */
  #awaited() {
    if (this.#why.problem !== null) {
      return html`<p class="stale" role="status">The answer is missing: ${this.#why.problem.message}
        <button class="link" @click=${() => this.#ask()}>Try again</button></p>`;
    }
    return html`<div class="awaited" aria-busy="true">${this.#why.slow ? 'Reading all of it for the answer …' : nothing}</div>`;
  }

  /** @param {import('./types.js').TraceHead} head */
  #links({ parentTraceId, releaseTargetKey }) {
    const { workspaceId } = this.#context;
    return html`${parentTraceId === null ? nothing : html`
      <a class="button" href=${to.trace(workspaceId, parentTraceId)}>The trace that started this job</a>`}
      ${releaseTargetKey === null ? nothing : html`
      <a class="button" href=${to.target(workspaceId, releaseTargetKey)}>All of this target</a>`}`;
  }

  #raw() {
    const path = pathOf(this.#context.workspaceId, `traces/${encodeURIComponent(this.#traceId)}`);
    return html`<a class="button" href=${path} target="_blank">JSON</a>`;
  }

  /**
   * @param {import('./types.js').TraceHead} head
   * @param {TraceModel} model
   */
  #progress(head, model) {
    const all = sizeOf(head);
    return this.#readings > 0 && model.rows.length < all
      ? `${model.rows.length.toLocaleString('en')} of ${counted(all, 'span')}` : counted(model.rows.length, 'span');
  }
}
