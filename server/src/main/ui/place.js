// @ts-check
/** Where somebody was in a view that they left: how far it was scrolled, and what the view keeps of itself, such as how many rows there were. */

/** @typedef {{ scroll?: number, kept?: any }} State as it stands in the history of the browser */

export class Place {
  /** What the view that is come back to kept of itself; undefined for one that is opened anew. @type {any} */
  kept;
  /** How far it was scrolled, until it is tall enough again. */
  #scroll = 0;

  /** Whoever moves doesn't want to be moved any more. */
  constructor() {
    for (const moving of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      addEventListener(moving, () => { this.#scroll = 0; }, { passive: true, capture: true });
    }
  }

  /** @param {unknown} kept of the view that is left */
  leave(kept) {
    history.replaceState({ scroll: scrollY, kept }, '');
  }

  /** @param {State | null} state of the view that is opened next */
  arrive(state) {
    this.#scroll = state?.scroll ?? 0;
    this.kept = state?.kept;
  }

  drawn() {
    if (this.#scroll > 0 && document.documentElement.scrollHeight >= this.#scroll + innerHeight) {
      scrollTo(0, this.#scroll);
      this.#scroll = 0;
    }
  }
}
