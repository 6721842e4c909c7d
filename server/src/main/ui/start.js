// @ts-check
import { html } from './lit-html.js';
import { heading, onlyNotice } from './parts.js';
import { to } from './routes.js';
import { nameOf } from './switcher.js';

/** Leads to the targets of a workspace: at once where there is only one. */
export class Start {
  title = '';
  #context;
  #workspaces;

  /**
   * @param {import('./app.js').Context} context
   * @param {() => import('./types.js').Workspace[]} workspaces
   */
  constructor(context, workspaces) {
    this.#context = context;
    this.#workspaces = workspaces;
  }

  drawn() {
    const workspaces = this.#workspaces();
    if (workspaces.length === 1) this.#context.open(to.targets(workspaces[0].id));
  }

  draw() {
    const workspaces = this.#workspaces();
    if (workspaces.length === 0) {
      return onlyNotice('No workspace yet', html`Make one with <code>deploytrace workspace create NAME</code>, or see a day of
        deployments with <code>deploytrace demo</code>. Then load this page again.`);
    }
    return html`<div class="list-page">${heading('Workspaces')}
      <ul class="rows plain">${workspaces.map(workspace => html`
        <li><a class="row" data-row href=${to.targets(workspace.id)}>${nameOf(workspace)}</a></li>`)}</ul></div>`;
  }
}
