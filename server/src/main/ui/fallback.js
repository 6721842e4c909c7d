// @ts-check
import { html } from './lit-html.js';
import { onlyNotice } from './parts.js';

/** What stands in place of a view: there is none, or it failed. */

/** @returns {import('./app.js').View} */
export function unknownView() {
  return {
    title: 'Nothing here',
    draw: () => onlyNotice('There is nothing here', 'The address may have been cut off when it was copied.',
      html`<a class="button" href="/">To the start</a>`),
  };
}

/**
 * What the view draws. One that fails doesn't take along what is around it.
 * @param {import('./app.js').View} view
 * @param {string} home
 */
export function drawnSafely(view, home) {
  try {
    return view.draw();
  } catch (failure) {
    console.error(failure);
    return onlyNotice('This can’t be shown', 'The page failed at what the server answered.',
      html`<a class="button" href=${home}>To the targets</a>`);
  }
}
