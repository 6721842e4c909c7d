// @ts-check
import { html } from './lit-html.js';
import { copyButton } from './parts.js';

/** What an empty workspace shows: how its first trace is recorded. */

/**
 * The first example of the README, for this workspace.
 * @param {string} workspaceId
 */
function example(workspaceId) {
  return `try (var reconcile = ReconcileTarget.builder("${workspaceId}", "api-service-production")
        .store(store)
        .start()) {
    try (var planning = reconcile.startPlanning()) {
        try (var evaluation = planning.startEvaluation("Approval Policy")) {
            evaluation.setResult(Result.ALLOWED, "Approved");
        }
        planning.makeDecision("Deploy approved", Decision.APPROVED);
    }
    reconcile.complete(Status.COMPLETED);
}`;
}

/** @param {string} workspaceId */
export function teach(workspaceId) {
  const code = example(workspaceId);
  return html`<section class="notice wide">
    <h2>Nothing is recorded in this workspace yet</h2>
    <p>These lines in your controller record the first trace. It shows here by itself.</p>
    <div class="code"><pre tabindex="0">${code}</pre>${copyButton(() => code, 'Copy the lines')}</div>
    <p class="faint"><code>store</code> writes to your database or to this server. No controller at hand?
      <code>deploytrace demo</code> records a day of deployments into a workspace of its own.</p>
  </section>`;
}
