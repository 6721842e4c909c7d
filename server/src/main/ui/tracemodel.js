// @ts-check
import { instant } from './format.js';
import { verdict } from './words.js';

/** The rows of a trace: what is shown of each span, which of them are folded away, and which are found. No drawing. */

/**
 * @typedef {object} Row
 * @property {number} index
 * @property {number} level
 * @property {number} parent the index of the row it stands under; -1 at the top
 * @property {boolean} isParent
 * @property {string} placement
 * @property {string} traceId
 * @property {string} spanId
 * @property {string} name
 * @property {string | null} status
 * @property {string} word its verdict
 * @property {string} message
 * @property {number} start
 * @property {number} end NaN while it is open
 */

export class TraceModel {
  /** @type {Row[]} from top to bottom */
  rows = [];
  start = Infinity;
  /** The last time that anything was heard of. */
  end = -Infinity;
  openCount = 0;
  /** @type {Map<string, number>} */
  #byKey = new Map();
  /** @type {number[]} the last row of each level */
  #above = [];
  /** @type {Set<number>} */
  #folded = new Set();
  /** @type {number[] | null} */
  #visible = null;

  /** @param {import('./types.js').TreeSpan} span the one below all others */
  add(span) {
    const { level, placement, traceId, spanId, name, status } = span;
    const index = this.rows.length;
    const parent = level > 0 ? (this.#above[level - 1] ?? -1) : -1;
    const start = instant(span.startTime);
    const end = span.endTime === null ? NaN : instant(span.endTime);
    this.rows.push({
      index, level, parent, placement, traceId, spanId, name, status, start, end,
      isParent: false, word: verdict(span), message: span.message ?? '',
    });
    this.#above.length = level;
    this.#above[level] = index;
    if (parent >= 0) this.rows[parent].isParent = true;
    this.#byKey.set(keyOf(traceId, spanId), index);
    this.#measure(start, end);
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  #measure(start, end) {
    this.start = Math.min(this.start, start);
    this.end = Math.max(this.end, Number.isNaN(end) ? start : end);
    if (Number.isNaN(end)) this.openCount++;
    this.#visible = null;
  }

  /** The indexes of the rows that aren't folded away. */
  get visible() {
    this.#visible ??= this.#unfolded();
    return this.#visible;
  }

  #unfolded() {
    /** @type {number[]} */
    const shown = [];
    let hiddenBelow = Infinity;
    for (const { index, level } of this.rows) {
      if (level > hiddenBelow) continue;
      hiddenBelow = this.#folded.has(index) ? level : Infinity;
      shown.push(index);
    }
    return shown;
  }

  /**
   * The row of a span; undefined if there is none.
   * @param {string} traceId
   * @param {string} spanId
   */
  rowOf(traceId, spanId) {
    const index = this.#byKey.get(keyOf(traceId, spanId));
    return index === undefined ? undefined : this.rows[index];
  }

  /**
   * The row of a span of whatever trace: ids of spans are rarely the same in linked ones.
   * @param {string} spanId as an address has it, in capitals too
   */
  find(spanId) {
    const wanted = spanId.toLowerCase();
    return this.rows.find(row => row.spanId === wanted);
  }

  /** @param {Row} row */
  isFolded(row) {
    return this.#folded.has(row.index);
  }

  /**
   * @param {Row} row
   * @param {boolean} folded
   */
  fold(row, folded) {
    if (!row.isParent) return;
    if (folded) this.#folded.add(row.index);
    else this.#folded.delete(row.index);
    this.#visible = null;
  }

  /** @param {boolean} folded whether all are to be folded but those at the top, or none */
  foldAll(folded) {
    this.#folded = new Set(folded ? this.rows.filter(row => row.isParent && row.level > 0).map(row => row.index) : []);
    this.#visible = null;
  }

  /** Unfolds all above the row. @param {Row} row */
  reveal(row) {
    for (const above of this.ancestors(row)) this.fold(above, false);
  }

  /** The rows above it, from the nearest on. @param {Row} row */
  ancestors(row) {
    const ancestors = [];
    for (let at = row.parent; at >= 0; at = this.rows[at].parent) ancestors.push(this.rows[at]);
    return ancestors;
  }

  /** Folds the same spans as the other one does. @param {TraceModel} other */
  foldAs(other) {
    for (const index of other.#folded) {
      const { traceId, spanId } = other.rows[index];
      const row = this.rowOf(traceId, spanId);
      if (row !== undefined) this.fold(row, true);
    }
  }

  /**
   * The indexes of the rows that have the text in their name, verdict or message, whatever the case.
   * @param {string} text
   */
  matches(text) {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [];
    return this.rows
      .filter(row => row.name.toLowerCase().includes(wanted) || row.message.toLowerCase().includes(wanted)
        || row.word.toLowerCase().includes(wanted) || row.spanId === wanted)
      .map(row => row.index);
  }
}

/**
 * @param {string} traceId
 * @param {string} spanId
 */
function keyOf(traceId, spanId) {
  return `${traceId}/${spanId}`;
}
