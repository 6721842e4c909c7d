// @ts-check
/** The words and their order in which outcomes and verdicts are told. Pure functions. */

/** The outcomes of traces: first what people look for. */
export const OUTCOMES = /** @type {const} */ ([
  'failed', 'blocked', 'waiting', 'ineligible', 'running', 'deployed', 'skipped',
]);

/** @typedef {typeof OUTCOMES[number]} Outcome */

/** @type {Record<string, string>} */
const HEADINGS = {
  failed: 'Failed',
  blocked: 'Blocked',
  waiting: 'Waiting',
  ineligible: 'Ineligible',
  running: 'Running',
  deployed: 'Deployed',
  skipped: 'Nothing to do',
};

/** @param {string} outcome */
export function heading(outcome) {
  return HEADINGS[outcome] ?? outcome;
}

/**
 * What the name of an outcome is to be drawn as; the status of a span has the outcome's look that says the same.
 * @param {string | null} status
 */
export function lookOfStatus(status) {
  switch (status) {
    case 'allowed': case 'completed': return 'deployed';
    case 'failed': return 'failed';
    case 'blocked': return 'blocked';
    case 'pending': return 'waiting';
    case 'running': return 'running';
    case 'skipped': return 'skipped';
    default: return 'unknown';
  }
}

/**
 * The verdict of a span where it carries one, else its status; as the program says it.
 * @param {{ status: string | null, result: unknown, decision: unknown }} span
 */
export function verdict({ status, result, decision }) {
  if (typeof decision === 'string') return decision;
  return typeof result === 'string' && status === 'completed' ? 'passed' : (status ?? '');
}

/**
 * The verdict of a step that is compared, in the words of its trace.
 * @param {string} kind
 * @param {string | null} verdict
 */
export function stepVerdict(kind, verdict) {
  if (kind === 'check' && verdict === 'completed') return 'passed';
  if (kind === 'decision' && verdict === 'completed') return 'approved';
  return kind === 'decision' && verdict === 'failed' ? 'rejected' : (verdict ?? 'no verdict');
}

/**
 * What stood in the way, and why.
 * @param {import('./types.js').Cause | null} cause
 */
export function causeText(cause) {
  if (cause === null) return '';
  return cause.message === null ? cause.name : `${cause.name}: ${cause.message}`;
}
