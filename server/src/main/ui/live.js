// @ts-check
import { pathOf } from './api.js';

/** So long the first questions wait for the stream, so that they needn't be asked again once it is there. */
const HEAD_START = 200;
const AGAIN = 3_000;

/**
 * @typedef {object} Listener
 * @property {(trace: import('./types.js').Trace) => void} [changed] a trace changed
 * @property {() => void} [reset] changes may have been missed: load anew
 */

/**
 * Hears of changes in a workspace. While nobody looks at the page it doesn't listen: browsers allow few connections to one server, and all tabs
 * share them.
 */
export class Live {
  /** @type {import('./shell.js').Liveness} */
  state = 'connecting';
  #workspaceId = '';
  /** @type {EventSource | null} */
  #source = null;
  /** @type {number | undefined} */
  #timer;
  #loaded = false;
  /** @type {() => void} */
  #opened = () => {};
  /** @type {Promise<void>} */
  #open = Promise.resolve();
  #listener;
  #isServerThere;
  #draw;

  /**
   * @param {() => Listener} listener who hears of it now
   * @param {() => Promise<boolean>} isServerThere asked when the stream is refused
   * @param {() => void} draw
   */
  constructor(listener, isServerThere, draw) {
    this.#listener = listener;
    this.#isServerThere = isServerThere;
    this.#draw = draw;
    document.addEventListener('visibilitychange', () => this.#look());
    window.addEventListener('offline', () => this.#lost());
    window.addEventListener('online', () => this.#connect());
  }

  /**
   * Listens to this workspace from now on; to none if it is empty.
   * @param {string} workspaceId
   */
  follow(workspaceId) {
    if (workspaceId === this.#workspaceId) return;
    this.#workspaceId = workspaceId;
    this.#loaded = false;
    this.state = 'connecting';
    this.#connect();
  }

  /** Waits a moment for the stream. What is asked afterwards needn't be asked again when the stream is there already. */
  async headStart() {
    await Promise.race([this.#open, new Promise(resolve => setTimeout(resolve, HEAD_START))]);
    this.#loaded = true;
  }

  #connect() {
    this.#close();
    if (this.#workspaceId === '' || document.hidden) return;
    this.#open = new Promise(resolve => { this.#opened = resolve; });
    const source = new EventSource(pathOf(this.#workspaceId, 'events'));
    source.addEventListener('open', () => this.#isOpen());
    source.addEventListener('error', () => this.#lost());
    source.addEventListener('trace', event => this.#listener().changed?.(JSON.parse(event.data)));
    source.addEventListener('reset', () => this.#listener().reset?.());
    this.#source = source;
  }

  #isOpen() {
    this.#opened();
    if (this.#loaded) this.#listener().reset?.();
    this.#become('live');
  }

  /** The browser connects again by itself unless it was refused. */
  #lost() {
    if (this.#source?.readyState === EventSource.CLOSED) this.#inquire();
    else this.#become('away');
  }

  /** The browser doesn't say why a stream was refused: the server may be away, or be there and have a reason. */
  async #inquire() {
    const source = this.#source;
    if (this.state === 'live') this.#become('connecting');
    const isServerThere = await this.#isServerThere();
    if (this.#source !== source) return;
    this.#become(isServerThere ? 'refused' : 'away');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), AGAIN);
  }

  /** @param {import('./shell.js').Liveness} state */
  #become(state) {
    this.state = state;
    this.#draw();
  }

  #look() {
    if (document.hidden) this.#close();
    else if (this.#source === null) this.#connect();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
