// @ts-check
import { html, nothing } from './lit-html.js';
import { sign, strip } from './icons.js';
import { Listing } from './listing.js';
import { ago, loaded, movedNotice, notice } from './parts.js';
import { to } from './routes.js';
import { searchField } from './search.js';
import { grown, loadGroups, loadMore, movedTargets, sizesOf } from './targetlist.js';
import { teach } from './teach.js';
import { every } from './timing.js';
import { heading } from './words.js';

/** @typedef {import('./targetlist.js').Group} Group */

/** Where all is well, or nothing was to be done, is shown when asked for. */
const FOLDED = ['deployed', 'skipped'];

/** The state of the world: each release target, grouped by what became of its newest trace. */
export class Targets {
  title = 'Targets';
  #context;
  /** @type {Listing<Group[]>} */
  #groups;
  #q;
  #open;
  #refresh = every(1_500, () => this.#groups.renew(signal => this.#ask(this.kept, signal)));

  /** @param {import('./app.js').Context} context */
  constructor(context) {
    this.#context = context;
    this.#groups = new Listing(context.draw, (before, after) => movedTargets(before, after));
    this.#q = context.route.params.get('q') ?? '';
    this.#open = new Set(context.route.params.get('open')?.split(',') ?? []);
    context.live.headStart().then(() => this.#load(context.kept));
  }

  stop() {
    this.#groups.stop();
    this.#refresh.stop();
  }

  changed() {
    this.#refresh.soon();
  }

  reset() {
    this.#refresh.soon();
  }

  /** @param {import('./routes.js').Route} route @param {import('./targetlist.js').Sizes} [kept] */
  follow(route, kept) {
    this.#open = new Set(route.params.get('open')?.split(',') ?? []);
    const q = route.params.get('q') ?? '';
    if (q !== this.#q) {
      this.#q = q;
      this.#load(kept ?? {});
    }
    return true;
  }

  /** How much is there, for who comes back. */
  get kept() {
    return sizesOf(this.#groups.shown ?? []);
  }

  /** @param {import('./targetlist.js').Sizes} sizes @param {AbortSignal} signal */
  #ask(sizes, signal) {
    return loadGroups(this.#context.workspaceId, this.#q, sizes, signal);
  }

  /** As much as is there, unless other targets are asked for. @param {import('./targetlist.js').Sizes} [sizes] */
  #load(sizes = this.kept) {
    return this.#groups.load(signal => this.#ask(sizes, signal));
  }

  /** @param {string} q */
  #search(q) {
    this.#q = q;
    this.#keepAddress();
    this.#load({});
  }

  /** @param {string} outcome */
  #toggle(outcome) {
    if (!this.#open.delete(outcome)) this.#open.add(outcome);
    this.#keepAddress();
  }

  #keepAddress() {
    const { workspaceId, replace } = this.#context;
    replace(to.targets(workspaceId, { q: this.#q, open: [...this.#open].join(',') }));
  }

  draw() {
    const home = to.targets(this.#context.workspaceId);
    return html`<div class="list-page">
      <header class="heading"><h1 tabindex="-1">Targets</h1>
        ${searchField(this.#q, 'Search targets', q => this.#search(q))}</header>
      ${loaded(this.#groups.loading, ({ shown, moved }) => html`
        ${movedNotice(moved, 'target', () => this.#load())}${this.#list(shown)}`, () => this.#load(), home)}</div>`;
  }

  /** @param {Group[]} groups */
  #list(groups) {
    const there = groups.filter(group => group.targets.length > 0);
    if (there.length === 0) {
      return this.#q === '' ? teach(this.#context.workspaceId)
        : notice('No such target', `No key of a target has “${this.#q}” in it.`,
          html`<button @click=${() => this.#search('')}>Show all</button>`);
    }
    const isQuiet = there.every(group => FOLDED.includes(group.outcome));
    return html`<p class="offscreen" role="status">${there.map(group => `${heading(group.outcome)} ${size(group)}`).join(', ')}</p>
      ${there.map(group => this.#group(group, isQuiet || this.#q !== ''))}`;
  }

  /**
   * @param {Group} group
   * @param {boolean} unfolds
   */
  #group(group, unfolds) {
    const { outcome } = group;
    const folds = FOLDED.includes(outcome) && !unfolds;
    const isOpen = !folds || this.#open.has(outcome);
    const title = html`<span class="outcome is-${outcome}">${sign(outcome)}${heading(outcome)}</span>
      <span class="count">${size(group)}</span>`;
    return html`<section class="group" aria-labelledby="group-${outcome}">
      <h2 id="group-${outcome}">${folds
        ? html`<button class="fold" data-row aria-expanded=${isOpen} @click=${() => this.#toggle(outcome)}>
            ${title}<span class="chevron">${sign('chevron')}</span></button>`
        : title}</h2>
      ${isOpen ? html`<ul class="rows">${group.targets.map(target => this.#row(target))}</ul>${this.#more(group)}` : nothing}
    </section>`;
  }

  /** @param {import('./types.js').Target} target */
  #row({ releaseTargetKey, latest, since, sinceIsKnown, recent }) {
    return html`<li><a class="row target" data-row href=${to.target(this.#context.workspaceId, releaseTargetKey)}>
      <span class="key">${releaseTargetKey}</span>
      <span class="cause">${causeOf(latest.cause)}</span>
      <span class="release">${latest.releaseId}</span>
      <span class="since" title=${sinceIsKnown ? '' : 'or longer'}>${sinceIsKnown ? '' : '> '}${ago(since)}</span>
      ${strip(recent)}
    </a></li>`;
  }

  /** @param {Group} group */
  #more(group) {
    if (group.nextCursor === null) return nothing;
    const more = () => this.#groups.grow((groups, signal) =>
      loadMore(this.#context.workspaceId, this.#q, group.outcome, groups, signal), grown);
    return html`<button class="more" data-row @click=${more}>Show more</button>`;
  }
}

/** Why first, then what said so. @param {import('./types.js').Cause | null} cause */
function causeOf(cause) {
  if (cause === null) return nothing;
  return cause.message === null ? cause.name
    : html`<span class="said">${cause.message}</span> <span class="faint">${cause.name}</span>`;
}

/** @param {Group} group */
function size({ targets, nextCursor }) {
  return `${targets.length}${nextCursor === null ? '' : '+'}`;
}
