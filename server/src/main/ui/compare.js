// @ts-check
import { html, nothing } from './lit-html.js';
import { answerBox } from './answer.js';
import { get, pathOf } from './api.js';
import { counted } from './format.js';
import { Loading } from './loading.js';
import { heading, loaded, notice, outcomeWord, time } from './parts.js';
import { to } from './routes.js';
import { stepTable } from './steps.js';

/** @typedef {import('./types.js').Diff} Diff */

/** Two traces beside each other: what differs first, what doesn't when asked for. */
export class Compare {
  title = 'Compare';
  #context;
  /** @type {Loading<Diff>} */
  #comparison;

  /** @param {import('./app.js').Context} context */
  constructor(context) {
    this.#context = context;
    this.#comparison = new Loading(context.draw);
    context.live.headStart().then(() => this.reset());
  }

  stop() {
    this.#comparison.stop();
  }

  reset() {
    if (this.#ids().every(id => id !== '')) this.#load();
  }

  #ids() {
    const { params } = this.#context.route;
    return [params.get('a') ?? '', params.get('b') ?? ''];
  }

  #load() {
    const [a, b] = this.#ids();
    return this.#comparison.load(signal => get(pathOf(this.#context.workspaceId, 'diff', { a, b }), signal));
  }

  draw() {
    const home = to.targets(this.#context.workspaceId);
    const [a, b] = this.#ids();
    return html`<div class="list-page">
      ${heading('Compare', html`<a class="button" href=${to.compare(this.#context.workspaceId, b, a)}>Swap</a>`)}
      ${a === '' || b === '' ? notice('Choose two traces', 'The history of a target lets you pick two to compare.',
        html`<a class="button" href=${home}>To the targets</a>`)
        : loaded(this.#comparison, comparison => this.#table(comparison), () => this.#load(), home)}</div>`;
  }

  /** @param {Diff} diff */
  #table({ answer, a, b, steps, unlisted }) {
    if (a === null || b === null) return answerBox({ answer, outcome: null }, nothing);
    const { workspaceId } = this.#context;
    /** @type {[string, string]} */
    const ids = [a.traceId, b.traceId];
    const changed = steps.filter(step => step.change !== 'same');
    const same = steps.filter(step => step.change === 'same');
    return html`
      ${answerBox({ answer, outcome: b.overallOutcome }, nothing)}
      ${stepTable(changed, workspaceId, ids, html`<tr role="row">
        <th role="columnheader" scope="col">Step</th>${this.#column(a)}${this.#column(b)}</tr>`)}
      ${unlisted === 0 ? nothing : html`<p class="faint">${counted(unlisted, 'further step isn’t', 'further steps aren’t')} listed.</p>`}
      ${same.length === 0 ? nothing : html`<details class="same-steps"><summary>${counted(same.length, 'step is', 'steps are')} the same</summary>
        ${stepTable(same, workspaceId, ids, nothing)}</details>`}`;
  }

  /** @param {import('./types.js').ComparedTrace} trace */
  #column(trace) {
    return html`<th role="columnheader" scope="col">
      <a href=${to.trace(this.#context.workspaceId, trace.traceId)}>${trace.releaseTargetKey ?? 'Trace'}, ${time(trace.startTime)}</a>
      <span class="line">${outcomeWord(trace.overallOutcome)}<span>${trace.releaseId}</span></span></th>`;
  }
}
