// @ts-check
import { Problem } from './api.js';

/** So long nothing says that it is loading: what comes sooner would only flicker. */
const PATIENCE = 300;

/**
 * Something that is loaded, and loaded again. What was there stays until the next is; only the newest request counts. Once stopped it loads
 * nothing any more.
 * @template T
 */
export class Loading {
  /** @type {T | undefined} */
  value;
  /** @type {Problem | null} */
  problem = null;
  /** Whether it takes so long that this should be shown. */
  slow = false;
  /** Whether a request is on its way. */
  isBusy = false;
  #attempt = 0;
  #isStopped = false;
  #abort = new AbortController();
  #draw;

  /** @param {() => void} draw */
  constructor(draw) {
    this.#draw = draw;
  }

  /**
   * Loads it; never fails, but keeps why there is none.
   * @param {(signal: AbortSignal) => Promise<T>} load
   */
  async load(load) {
    if (this.#isStopped) return;
    const attempt = ++this.#attempt;
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.isBusy = true;
    const timer = setTimeout(() => {
      this.slow = true;
      this.#draw();
    }, PATIENCE);
    try {
      const value = await load(signal);
      if (attempt !== this.#attempt) return;
      this.value = value;
      this.problem = null;
    } catch (failure) {
      if (attempt !== this.#attempt || signal.aborted) return;
      if (!(failure instanceof Problem)) throw failure;
      this.problem = failure;
    } finally {
      clearTimeout(timer);
      if (attempt === this.#attempt) {
        this.slow = false;
        this.isBusy = false;
        this.#draw();
      }
    }
  }

  /** Lets go of what is on its way. */
  stop() {
    this.#isStopped = true;
    this.#attempt++;
    this.#abort.abort();
  }
}
