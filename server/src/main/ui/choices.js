// @ts-check
'use strict';
// Loaded before anything is drawn, so that a page in the chosen theme never flashes in the other one. What may be chosen is an attribute of
// the root: data-theme, and data-keys where keys alone are no shortcuts.
(() => {
  /** @type {Record<string, string[]>} */
  const choices = { theme: ['light', 'dark'], keys: ['off'] };
  try {
    for (const [name, known] of Object.entries(choices)) {
      const chosen = localStorage.getItem(name);
      if (chosen !== null && known.includes(chosen)) document.documentElement.dataset[name] = chosen;
    }
  } catch {
    // Where storage is forbidden, the system's preference holds.
  }
})();
