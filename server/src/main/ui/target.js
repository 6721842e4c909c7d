// @ts-check
import { html, nothing } from './lit-html.js';
import { answerBox } from './answer.js';
import { get, pathOf } from './api.js';
import { counted, duration, isoDuration } from './format.js';
import { loadHistory } from './history.js';
import { Loading } from './loading.js';
import { heading, loaded, outcomeWord, time } from './parts.js';
import { to } from './routes.js';
import { every } from './timing.js';
import { blockers, changes, doubts, similar } from './whyfacts.js';
import { causeText } from './words.js';

/** A release target: why it is as it is, what would change that, and how it came so. */
export class TargetView {
  #context;
  #key;
  /** @type {Loading<import('./types.js').Why>} */
  #why;
  /** @type {Loading<import('./types.js').History>} */
  #history;
  /** @type {string[]} the traces to compare, two at most */
  #chosen = [];
  #refresh = every(1_500, () => this.#load());

  /** @param {import('./app.js').Context} context */
  constructor(context) {
    this.#context = context;
    this.#key = context.route.params.get('key') ?? '';
    this.#why = new Loading(context.draw);
    this.#history = new Loading(context.draw);
    context.live.headStart().then(() => this.#load());
  }

  get title() {
    return this.#key;
  }

  stop() {
    this.#why.stop();
    this.#history.stop();
    this.#refresh.stop();
  }

  /** @param {import('./routes.js').Route} route */
  follow(route) {
    return (route.params.get('key') ?? '') === this.#key;
  }

  /** @param {import('./types.js').Trace} trace */
  changed(trace) {
    if (trace.releaseTargetKey === this.#key) this.#refresh.soon();
  }

  reset() {
    this.#refresh.soon();
  }

  /** Nothing may be recorded for hours, but for how long that has been so is said in the answer. */
  minute() {
    if (!this.#why.isBusy) this.#ask();
  }

  #ask() {
    return this.#why.load(signal => get(pathOf(this.#context.workspaceId, 'why', { releaseTarget: this.#key }), signal));
  }

  #load() {
    const { workspaceId } = this.#context;
    this.#ask();
    this.#history.load(signal => loadHistory(workspaceId, this.#key, null, signal));
  }

  #more() {
    this.#history.load(signal => loadHistory(this.#context.workspaceId, this.#key, this.#history.value ?? null, signal));
  }

  draw() {
    const home = to.targets(this.#context.workspaceId);
    const again = () => this.#load();
    return html`<div class="page of-target">
      ${heading(this.#key)}
      ${loaded(this.#why, why => html`<div>
        ${answerBox(why, this.#links(why))}
        ${[blockers, doubts, changes, similar].map(facts => facts(why, this.#context.workspaceId))}</div>`, again, home)}
      ${this.#why.value === undefined ? nothing : loaded(this.#history, history => this.#past(history), again, home)}
    </div>`;
  }

  /** @param {import('./types.js').Why} why */
  #links({ trace, lastDeployed, before }) {
    const { workspaceId } = this.#context;
    if (trace === null) return html`<a class="button" href=${to.targets(workspaceId)}>To the targets</a>`;
    const other = lastDeployed !== null && lastDeployed.traceId !== trace.traceId ? lastDeployed : before;
    return html`<a class="button primary" href=${to.trace(workspaceId, trace.traceId)}>Open the trace</a>
      ${other === null ? nothing : html`<a class="button" href=${to.compare(workspaceId, other.traceId, trace.traceId)}>
        ${other === lastDeployed ? 'Compare with the last deployment' : 'Compare with the answer before'}</a>`}
      ${trace.releaseId === null ? nothing : html`
        <a class="button" href=${to.release(workspaceId, trace.releaseId)}>Release ${trace.releaseId}</a>`}`;
  }

  /** @param {import('./types.js').History} history */
  #past({ lines, nextCursor }) {
    if (lines.length === 0) return nothing;
    return html`<section class="history" aria-labelledby="history">
      <header class="heading"><h2 id="history">History</h2>${this.#comparison()}</header>
      <ul class="rows">${lines.map(line => this.#line(line))}</ul>
      ${nextCursor === null ? this.#retention() : html`<button class="more" @click=${() => this.#more()}>Show older ones</button>`}
    </section>`;
  }

  #retention() {
    const retention = this.#why.value?.retention ?? null;
    if (retention === null) return nothing;
    return html`<p class="faint end">This workspace keeps traces for ${duration(isoDuration(retention))}: older ones may have been removed.</p>`;
  }

  #comparison() {
    const { workspaceId } = this.#context;
    if (this.#chosen.length < 2) return html`<span class="faint">Choose two to compare</span>`;
    return html`<a class="button" href=${to.compare(workspaceId, this.#chosen[0], this.#chosen[1])}>Compare the two</a>`;
  }

  /** @param {import('./types.js').HistoryLine} line */
  #line(line) {
    const { newestTraceId: traceId, to: newest } = line;
    return html`<li class="run">
      <input type="checkbox" aria-label="Compare the one of ${newest}" .checked=${this.#chosen.includes(traceId)}
        @change=${() => this.#choose(traceId)}>
      <a class="row" data-row title=${line.text} href=${to.trace(this.#context.workspaceId, traceId)}>
        <span class="when">${time(newest)}</span>
        <span>${outcomeWord(line.outcome)}</span>
        <span class="release">${line.releaseId}</span>
        <span class="cause">${causeText(line.cause)}</span>
        <span class="same faint">${extent(line)}</span>
      </a></li>`;
  }

  /** @param {string} traceId */
  #choose(traceId) {
    const others = this.#chosen.filter(id => id !== traceId);
    this.#chosen = others.length < this.#chosen.length ? others : [...others, traceId].slice(-2);
    this.#context.draw();
  }
}

/** How often and since when it was so. @param {import('./types.js').HistoryLine} line */
function extent({ count, from, flapping }) {
  if (flapping !== null) {
    return html`${counted(flapping.changes, 'change')} from and to ${flapping.other.outcome} since ${time(from)}`;
  }
  return count === 1 ? nothing : html`${counted(count, 'time', 'times')} since ${time(from)}`;
}
