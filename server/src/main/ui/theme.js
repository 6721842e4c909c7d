// @ts-check
'use strict';
// Loaded before anything is drawn, so that a page in the chosen theme never flashes in the other one.
(() => {
  try {
    const chosen = localStorage.getItem('theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch {
    // Where storage is forbidden, the system's preference holds.
  }
})();
