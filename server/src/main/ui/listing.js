// @ts-check
import { Loading } from './loading.js';

/** So long one question waits for the one before: that may hang on a connection that is dead. */
const PATIENCE = 10_000;

/**
 * What is listed, and how many of its entries would stand elsewhere if it was loaded again.
 * @template T
 * @typedef {{ shown: T, moved: number }} Listed
 */

/**
 * A list that is renewed and grows while somebody looks at it. What would move under their hands waits until they ask for it.
 * @template T
 */
export class Listing {
  /** @type {Loading<Listed<T>>} */
  loading;
  #moved;
  /** How often somebody asked for another list. */
  #turn = 0;
  #isDue = false;
  #isGrowing = false;
  /** What was asked for last. */
  #last = Promise.resolve();

  /**
   * @param {() => void} draw
   * @param {(before: T, after: T) => number} moved how many entries stand elsewhere than before
   */
  constructor(draw, moved) {
    this.loading = new Loading(draw);
    this.#moved = moved;
  }

  /** @returns {T | undefined} */
  get shown() {
    return this.loading.value?.shown;
  }

  /** Changes what is shown where it stands. @param {(shown: T) => T} change */
  change(change) {
    const { value } = this.loading;
    if (value !== undefined) this.loading.value = { ...value, shown: change(value.shown) };
  }

  /** Loads it as somebody asked for it, and lets go of all else. @param {(signal: AbortSignal) => Promise<T>} ask */
  load(ask) {
    this.#turn++;
    this.#isDue = false;
    this.#last = this.loading.load(async signal => ({ shown: await ask(signal), moved: 0 }));
    return this.#last;
  }

  /** Loads it again because it may have changed. @param {(signal: AbortSignal) => Promise<T>} ask */
  renew(ask) {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#next(() => {
      this.#isDue = false;
      return this.loading.load(async signal => this.#renewed(await ask(signal)));
    });
  }

  /** @param {T} after @returns {Listed<T>} */
  #renewed(after) {
    const before = this.shown;
    const moved = before !== undefined && isUnderHand() ? this.#moved(before, after) : 0;
    return moved > 0 && before !== undefined ? { shown: before, moved } : { shown: after, moved: 0 };
  }

  /**
   * Loads more of it, unless that is on its way.
   * @template M
   * @param {(shown: T, signal: AbortSignal) => Promise<M> | null} ask null if there is no more
   * @param {(shown: T, more: M) => T} join what is shown by then, with what came
   */
  grow(ask, join) {
    if (this.#isGrowing) return;
    this.#isGrowing = true;
    this.#next(() => this.#grown(ask, join)).finally(() => { this.#isGrowing = false; });
  }

  /**
   * @template M
   * @param {(shown: T, signal: AbortSignal) => Promise<M> | null} ask
   * @param {(shown: T, more: M) => T} join
   */
  async #grown(ask, join) {
    const { value } = this.loading;
    if (value === undefined) return;
    await this.loading.load(async signal => {
      const more = await ask(value.shown, signal);
      const { shown, moved } = this.loading.value ?? value;
      return { shown: more === null ? shown : join(shown, more), moved };
    });
  }

  /** One after the other, so that neither breaks the other off. @param {() => Promise<void>} work */
  #next(work) {
    this.#last = this.#after(this.#last, this.#turn, work);
    return this.#last;
  }

  /** @param {Promise<void>} last @param {number} turn @param {() => Promise<void>} work */
  async #after(last, turn, work) {
    await Promise.race([last.catch(() => {}), new Promise(resolve => setTimeout(resolve, PATIENCE))]);
    if (turn === this.#turn) await work();
  }

  stop() {
    this.loading.stop();
  }
}

/** Whether somebody points at a row or has moved to it. */
function isUnderHand() {
  return document.querySelector('.rows:hover') !== null || document.activeElement?.closest('.rows') != null;
}
