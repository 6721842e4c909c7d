// @ts-check
import { html, nothing } from './lit-html.js';
import { signIn } from './api.js';
import { Loading } from './loading.js';

/** Asks for a key. It goes to the server alone, which keeps it in a cookie that this page can't read. */
export class SignIn {
  title = 'Sign in';
  #loading;
  #done;

  /**
   * @param {() => void} draw
   * @param {() => void} done
   */
  constructor(draw, done) {
    this.#loading = new Loading(draw);
    this.#done = done;
  }

  draw() {
    const { problem, slow } = this.#loading;
    return html`<form class="sign-in" @submit=${(/** @type {SubmitEvent} */ event) => this.#submit(event)}>
      <h1 tabindex="-1">Sign in</h1>
      <label for="key">API key</label>
      <input id="key" name="key" type="password" autocomplete="current-password" spellcheck="false" required
        placeholder="dt_…" aria-describedby="key-help" aria-invalid=${problem === null ? 'false' : 'true'}>
      ${problem === null ? nothing : html`<p class="fault" role="alert">${this.#fault(problem)}</p>`}
      <button class="primary" ?disabled=${slow}>Sign in</button>
      <p id="key-help" class="faint">A key that may read is enough. Whoever runs this server makes one with
        <code>deploytrace key create --role read --workspace NAME</code></p>
    </form>`;
  }

  /** @param {import('./api.js').Problem} problem */
  #fault(problem) {
    if (problem.status === 401) return 'This key isn’t valid: it doesn’t exist, has expired or was revoked.';
    if (problem.status === 403) return 'A job token can’t sign in. Use a key: it begins with dt_.';
    return problem.message;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const key = String(new FormData(form).get('key')).trim();
    await this.#loading.load(async () => {
      await signIn(sendable(key));
      return true;
    });
    if (this.#loading.problem === null) {
      form.reset();
      this.#done();
    } else {
      /** @type {HTMLInputElement} */ (form.elements.namedItem('key')).select();
    }
  }
}

/**
 * Headers take no other characters; what isn't a key may be anything, and is refused by the server.
 * @param {string} key
 */
function sendable(key) {
  return key.replace(/[^!-~]/g, '?');
}
