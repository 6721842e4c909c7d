// @ts-check
import { html, nothing } from './lit-html.js';
import { answerBox } from './answer.js';
import { get, pathOf } from './api.js';
import { sign } from './icons.js';
import { Listing } from './listing.js';
import { ago, heading, loaded, movedNotice, notice } from './parts.js';
import { to } from './routes.js';
import { movedTargets } from './targetlist.js';
import { every } from './timing.js';
import { heading as outcomeHeading } from './words.js';

/** A release: what became of it on every target, grouped, with counts. */
export class Release {
  #context;
  #id;
  /** @type {Listing<import('./types.js').Fanout>} */
  #fanout;
  #refresh = every(1_500, () => this.#renew());

  /** @param {import('./app.js').Context} context */
  constructor(context) {
    this.#context = context;
    this.#id = context.route.params.get('id') ?? '';
    this.#fanout = new Listing(context.draw, (before, after) => movedTargets(before.groups, after.groups));
    context.live.headStart().then(() => this.#load());
  }

  get title() {
    return this.#id;
  }

  stop() {
    this.#fanout.stop();
    this.#refresh.stop();
  }

  /** @param {import('./routes.js').Route} route */
  follow(route) {
    return (route.params.get('id') ?? '') === this.#id;
  }

  /** @param {import('./types.js').Trace} trace */
  changed(trace) {
    if (trace.releaseId === this.#id) this.#refresh.soon();
  }

  reset() {
    this.#refresh.soon();
  }

  minute() {
    this.#renew();
  }

  /** @param {AbortSignal} signal @returns {Promise<import('./types.js').Fanout>} */
  #ask(signal) {
    return get(pathOf(this.#context.workspaceId, 'fanout', { releaseId: this.#id }), signal);
  }

  #load() {
    this.#fanout.load(signal => this.#ask(signal));
  }

  #renew() {
    this.#fanout.renew(signal => this.#ask(signal));
  }

  draw() {
    const { workspaceId } = this.#context;
    return html`<div class="list-page">
      ${heading(this.#id, html`<a class="button" href=${to.traces(workspaceId, { releaseId: this.#id })}>Its traces</a>`)}
      ${loaded(this.#fanout.loading, ({ shown, moved }) => html`
        ${movedNotice(moved, 'target', () => this.#load())}${this.#groups(shown)}`, () => this.#load(), to.targets(workspaceId))}</div>`;
  }

  /** @param {import('./types.js').Fanout} fanout */
  #groups({ answer, groups, truncated }) {
    if (groups.length === 0) {
      return notice('No such release', answer.join(' '),
        html`<a class="button" href=${to.targets(this.#context.workspaceId)}>To the targets</a>`);
    }
    return html`${answerBox({ answer: answer.slice(0, 1), outcome: groups[0].outcome }, nothing)}
      ${groups.map((group, index) => this.#group(group, index))}
      ${truncated ? html`<p class="faint">There are more targets: these are the first by name.</p>` : nothing}`;
  }

  /**
   * @param {import('./types.js').FanoutGroup} group
   * @param {number} index
   */
  #group({ outcome, cause, count, targets }, index) {
    return html`<section class="group" aria-labelledby="group-${index}">
      <h2 id="group-${index}"><span class="outcome is-${outcome}">${sign(outcome)}${outcomeHeading(outcome)}</span>
        ${cause === null ? nothing : html`<span>${cause.name}</span>`}<span class="count">${count.toLocaleString('en')}</span></h2>
      <ul class="rows">${targets.map(target => this.#row(target))}</ul></section>`;
  }

  /** @param {import('./types.js').FanoutTarget} target */
  #row({ traceId, releaseTargetKey, message, since, supersededBy, triedSince }) {
    return html`<li><a class="row target of-release" data-row href=${to.trace(this.#context.workspaceId, traceId)}>
      <span class="key">${releaseTargetKey}</span>
      <span class="cause">${message === null ? nothing : html`<span class="said">${message}</span>`}
        ${supersededBy === null ? nothing : html`<span class="faint">moved on to ${supersededBy}</span>`}
        ${triedSince === null ? nothing : html`<span class="faint">${triedSince} was tried since</span>`}</span>
      <span class="since">${ago(since)}</span></a></li>`;
  }
}
