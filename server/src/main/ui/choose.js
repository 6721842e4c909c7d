// @ts-check

/**
 * Chooses something for this browser; choices.js gives it to the root again when the page is loaded.
 * @param {'theme' | 'keys'} name
 * @param {string} value
 */
export function choose(name, value) {
  document.documentElement.dataset[name] = value;
  try {
    localStorage.setItem(name, value);
  } catch {
    // Where storage is forbidden, the choice holds until the page is left.
  }
}
