// @ts-check

/**
 * Something that is done soon after it was asked for, and not more often than this.
 * @param {number} milliseconds
 * @param {() => unknown} work
 */
export function every(milliseconds, work) {
  /** @type {number | undefined} */
  let timer;
  let last = 0;
  return {
    soon() {
      if (timer !== undefined) return;
      const wait = Math.max(100, last + milliseconds - performance.now());
      timer = setTimeout(() => {
        timer = undefined;
        last = performance.now();
        work();
      }, wait);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
