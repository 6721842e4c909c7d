// @ts-check
import { html, nothing } from './lit-html.js';
import { counted } from './format.js';
import { searchField } from './search.js';
import { to } from './routes.js';
import { focusGrid, rowHeight, topOfSight, traceGrid } from './tracegrid.js';
import { TraceModel } from './tracemodel.js';
import { TracePanel } from './tracepanel.js';

/** @typedef {import('./tracemodel.js').Row} Row */

/** How one moves through the rows of a trace: the row that is active, what is found, what is folded, what the panel shows. */
export class TraceRows {
  #context;
  #model = new TraceModel();
  #panel;
  /** @type {Row | undefined} */
  #active;
  /** What the address names, until its row is there. */
  #wanted;
  #isOpen;
  #find;
  /** @type {number[]} */
  #matches = [];
  #found = new Set();
  /** @type {Map<Row, 'cause' | 'way' | 'blocker'>} */
  #marked = new Map();
  /** Whether the active row is to come into sight once it is drawn. */
  #isSought = false;

  /** @param {import('./app.js').Context} context */
  constructor(context) {
    this.#context = context;
    this.#panel = new TracePanel(context.workspaceId, context.draw);
    this.#wanted = context.route.params.get('span') ?? '';
    this.#isOpen = this.#wanted !== '';
    this.#find = context.route.params.get('find') ?? '';
  }

  stop() {
    this.#panel.stop();
  }

  /** @param {URLSearchParams} params */
  follow(params) {
    this.#search(params.get('find') ?? '', false);
    const row = this.#model.find(params.get('span') ?? '');
    this.#isOpen = row !== undefined;
    if (row !== undefined) this.#activate(row);
  }

  /** Takes what was read of the trace; what was folded and active stays so. @param {TraceModel} model */
  take(model) {
    const before = this.#model;
    const active = this.#active;
    this.#model = model;
    if (before !== model) {
      model.foldAs(before);
      this.#marked = new Map();
      this.#active = active && model.rowOf(active.traceId, active.spanId);
      if (this.#isOpen && this.#active !== undefined) this.#panel.show(this.#active.traceId, this.#active.spanId, true);
    }
    this.#match();
    this.#seekWanted();
  }

  #seekWanted() {
    const row = this.#wanted === '' ? undefined : this.#model.find(this.#wanted);
    if (row === undefined) return;
    this.#wanted = '';
    this.#activate(row);
  }

  /** @param {Map<Row, 'cause' | 'way' | 'blocker'>} marked */
  mark(marked) {
    this.#marked = marked;
    this.#context.draw();
  }

  #match() {
    this.#matches = this.#model.matches(this.#find);
    this.#found = new Set(this.#matches);
  }

  /** @param {Row} row */
  #activate(row) {
    this.#active = row;
    this.#isSought = true;
    this.#model.reveal(row);
    if (this.#isOpen) this.#panel.show(row.traceId, row.spanId);
    this.#keepAddress();
  }

  /** @param {Row} row */
  #select(row) {
    this.#isOpen = true;
    this.#activate(row);
  }

  #close() {
    this.#isOpen = false;
    this.#keepAddress();
    focusGrid();
  }

  /** @param {Row} row @param {boolean} folded */
  #fold(row, folded) {
    this.#model.fold(row, folded);
    this.#context.draw();
  }

  #keepAddress() {
    this.#context.replace(this.#addressOf(this.#isOpen ? this.#active : undefined));
  }

  /** @param {Row | undefined} row */
  #addressOf(row) {
    const { workspaceId, route } = this.#context;
    return to.trace(workspaceId, route.traceId, { span: row?.spanId ?? '', find: this.#find });
  }

  /** @param {string} text @param {boolean} [moves] */
  #search(text, moves = true) {
    if (text === this.#find) return;
    this.#find = text;
    this.#match();
    if (moves && this.#matches.length > 0) this.#activate(this.#model.rows[this.#matches[0]]);
    else this.#keepAddress();
  }

  /** To the next match from the active row on, and around the end. @param {1 | -1} by */
  #step(by) {
    const { length } = this.#matches;
    if (length === 0) return;
    const at = this.#active?.index ?? -1;
    const next = by > 0 ? this.#matches.find(index => index > at) ?? this.#matches[0]
      : this.#matches.findLast(index => index < at) ?? this.#matches[length - 1];
    this.#activate(this.#model.rows[next]);
  }

  /** @param {number} by */
  #move(by) {
    const { visible, rows } = this.#model;
    const at = this.#active === undefined ? -1 : visible.indexOf(this.#active.index);
    const next = Math.min(visible.length - 1, Math.max(0, at < 0 && by < 0 ? 0 : at + by));
    if (visible.length > 0) this.#activate(rows[visible[next]]);
  }

  /** What stands in the way: the first cause. */
  #seekCause() {
    const cause = [...this.#marked].find(([, mark]) => mark === 'cause')?.[0];
    if (cause !== undefined) this.#activate(cause);
    focusGrid();
  }

  /** @param {KeyboardEvent} event whether it was one for the rows */
  key({ key, target }) {
    const isOnGrid = target instanceof Element && target.closest('#grid') !== null;
    return this.#keyAnywhere(key) || (isOnGrid && this.#keyOnGrid(key));
  }

  /** @param {string} key */
  #keyAnywhere(key) {
    switch (key) {
      case 'j': this.#move(1); focusGrid(); return true;
      case 'k': this.#move(-1); focusGrid(); return true;
      case 'n': this.#step(1); focusGrid(); return true;
      case 'N': this.#step(-1); focusGrid(); return true;
      case 'b': this.#seekCause(); return true;
      case 'Escape': if (this.#isOpen) this.#close(); return true;
      default: return false;
    }
  }

  /** @param {string} key */
  #keyOnGrid(key) {
    const active = this.#active;
    const page = Math.floor(innerHeight / rowHeight()) - 2;
    switch (key) {
      case 'ArrowDown': this.#move(1); return true;
      case 'ArrowUp': this.#move(-1); return true;
      case 'PageDown': this.#move(page); return true;
      case 'PageUp': this.#move(-page); return true;
      case 'Home': this.#move(-Infinity); return true;
      case 'End': this.#move(Infinity); return true;
      case 'Enter': if (active !== undefined) this.#select(active); return true;
      case 'ArrowLeft': if (active !== undefined) this.#inward(active, true); return true;
      case 'ArrowRight': if (active !== undefined) this.#inward(active, false); return true;
      default: return false;
    }
  }

  /** Folds or unfolds it, or moves to the row above or below. @param {Row} row @param {boolean} folded */
  #inward(row, folded) {
    if (row.isParent && this.#model.isFolded(row) !== folded) this.#fold(row, folded);
    else if (folded && row.parent >= 0) this.#activate(this.#model.rows[row.parent]);
    else if (!folded && row.isParent) this.#move(1);
  }

  /** The active row comes into sight, if it isn't. */
  drawn() {
    if (!this.#isSought || this.#active === undefined || document.querySelector('#grid-body') === null) return;
    this.#isSought = false;
    const height = rowHeight();
    const top = this.#model.visible.indexOf(this.#active.index) * height - topOfSight();
    if (top < 3 * height || top > innerHeight - 3 * height) scrollBy(0, top - innerHeight / 3);
  }

  /**
   * @param {string} progress how many spans there are
   * @param {unknown} further what else stands in the line above the rows
   */
  draw(progress, further) {
    const model = this.#model;
    return html`<div class="tools">
        ${searchField(this.#find, 'Find in this trace', text => this.#search(text), { keys: event => this.#typed(event) })}
        <span class="faint" role="status">${this.#find === '' ? progress : this.#position()}</span>
        <span class="space"></span>
        ${this.#marked.size === 0 ? nothing : html`
          <button title="b" @click=${() => this.#seekCause()}>What stands in the way</button>`}
        <button @click=${() => this.#foldAll(true)}>Collapse all</button>
        <button @click=${() => this.#foldAll(false)}>Expand all</button>${further}</div>
      <div class=${this.#isOpen ? 'beside' : ''}>
        ${traceGrid({
          model, now: Date.now(), active: this.#active, marked: this.#marked, found: this.#found,
          addressOf: row => this.#addressOf(row), select: row => this.#select(row),
          toggle: row => this.#fold(row, !model.isFolded(row)),
        })}
        ${this.#isOpen ? this.#panel.draw(() => this.#close()) : nothing}
      </div>`;
  }

  /** @param {boolean} folded */
  #foldAll(folded) {
    this.#model.foldAll(folded);
    this.#context.draw();
  }

  #position() {
    const at = this.#active === undefined ? -1 : this.#matches.indexOf(this.#active.index);
    const found = counted(this.#matches.length, 'match', 'matches');
    return at < 0 ? found : `${(at + 1).toLocaleString('en')} of ${found}`;
  }

  /** @param {KeyboardEvent} event */
  #typed(event) {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.#step(event.shiftKey ? -1 : 1);
  }
}
