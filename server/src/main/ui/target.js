// @ts-check
import { html, nothing } from './lit-html.js';
import { answerBox } from './answer.js';
import { get, pathOf } from './api.js';
import { counted, duration, isoDuration } from './format.js';
import { continued, loadHistory, movedLines, olderHistory } from './history.js';
import { Listing } from './listing.js';
import { Loading } from './loading.js';
import { heading, loaded, movedNotice, outcomeWord, time } from './parts.js';
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
  /** @type {Listing<import('./types.js').History>} */
  #history;
  /** @type {string[]} the oldest traces of the lines to compare: a line that goes on has a newer one each time */
  #chosen;
  #refresh = every(1_500, () => this.#renew());

  /** @param {import('./app.js').Context} context */
  constructor(context) {
    this.#context = context;
    this.#key = context.route.params.get('key') ?? '';
    this.#why = new Loading(context.draw);
    this.#history = new Listing(context.draw, movedLines);
    this.#chosen = chosenOf(context.route);
    context.live.headStart().then(() => this.#load(context.kept));
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
    this.#chosen = chosenOf(route);
    return (route.params.get('key') ?? '') === this.#key;
  }

  /** How many lines are there, for who comes back. */
  get kept() {
    return this.#history.shown?.lines.length ?? 0;
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

  #load(count = this.kept) {
    this.#ask();
    this.#history.load(signal => loadHistory(this.#context.workspaceId, this.#key, count, signal));
  }

  #renew() {
    this.#ask();
    this.#history.renew(signal => loadHistory(this.#context.workspaceId, this.#key, this.kept, signal));
  }

  #more() {
    this.#history.grow((history, signal) => olderHistory(this.#context.workspaceId, this.#key, history, signal), continued);
  }

  draw() {
    const home = to.targets(this.#context.workspaceId);
    const again = () => this.#load();
    return html`<div class="page of-target">
      ${heading(this.#key)}
      ${loaded(this.#why, why => html`<div>
        ${answerBox(why, this.#links(why))}
        ${[blockers, doubts, changes, similar].map(facts => facts(why, this.#context.workspaceId))}</div>`, again, home)}
      ${this.#why.value === undefined ? nothing : loaded(this.#history.loading, history => this.#past(history), again, home)}
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

  /** @param {import('./listing.js').Listed<import('./types.js').History>} history */
  #past({ shown: { lines, nextCursor }, moved }) {
    if (lines.length === 0) return nothing;
    return html`<section class="history" aria-labelledby="history">
      <header class="heading"><h2 id="history">History</h2>${this.#comparison(lines)}</header>
      ${movedNotice(moved, 'line', () => this.#load())}
      <ul class="rows">${lines.map(line => this.#line(line))}</ul>
      ${nextCursor === null ? this.#retention() : html`<button class="more" @click=${() => this.#more()}>Show older ones</button>`}
    </section>`;
  }

  #retention() {
    const retention = this.#why.value?.retention ?? null;
    if (retention === null) return nothing;
    return html`<p class="faint end">This workspace keeps traces for ${duration(isoDuration(retention))}: older ones may have been removed.</p>`;
  }

  /** @param {import('./types.js').HistoryLine[]} lines */
  #comparison(lines) {
    const [newer, older] = lines.filter(line => this.#chosen.includes(line.oldestTraceId));
    if (older === undefined) return html`<span class="faint">Choose two to compare</span>`;
    return html`<a class="button" href=${to.compare(this.#context.workspaceId, older.newestTraceId, newer.newestTraceId)}>Compare the two</a>`;
  }

  /** @param {import('./types.js').HistoryLine} line */
  #line(line) {
    const { oldestTraceId, newestTraceId, to: newest } = line;
    return html`<li class="run">
      <input type="checkbox" aria-label="Compare the one of ${newest}" .checked=${this.#chosen.includes(oldestTraceId)}
        @change=${() => this.#choose(oldestTraceId)}>
      <a class="row" data-row title=${line.text} href=${to.trace(this.#context.workspaceId, newestTraceId)}>
        <span class="when">${time(newest)}</span>
        <span>${outcomeWord(line.outcome)}</span>
        <span class="release">${line.releaseId}</span>
        <span class="cause">${causeText(line.cause)}</span>
        <span class="same faint">${extent(line)}</span>
      </a></li>`;
  }

  /** At most two of those that one sees are chosen. @param {string} traceId */
  #choose(traceId) {
    const seen = this.#history.shown?.lines.map(line => line.oldestTraceId) ?? [];
    const others = this.#chosen.filter(id => id !== traceId && seen.includes(id));
    this.#chosen = this.#chosen.includes(traceId) ? others : [...others, traceId].slice(-2);
    this.#context.replace(to.target(this.#context.workspaceId, this.#key, { chosen: this.#chosen.join(',') }));
  }
}

/** @param {import('./routes.js').Route} route */
function chosenOf({ params }) {
  return (params.get('chosen') ?? '').split(',');
}

/** How often and since when it was so. @param {import('./types.js').HistoryLine} line */
function extent({ count, from, flapping }) {
  if (flapping !== null) {
    return html`${counted(flapping.changes, 'change')} from and to ${flapping.other.outcome} since ${time(from)}`;
  }
  return count === 1 ? nothing : html`${counted(count, 'time', 'times')} since ${time(from)}`;
}
