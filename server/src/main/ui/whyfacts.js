// @ts-check
import { html, nothing } from './lit-html.js';
import { fact } from './answer.js';
import { age, counted, instant, isNow, valueText } from './format.js';
import { sign } from './icons.js';
import { ago, longAgo, outcomeWord, time } from './parts.js';
import { to } from './routes.js';
import { stepTable } from './steps.js';

/** The facts behind the sentences of an answer: what stands in the way and who clears it, what is open or missing, what changed. */

/** @typedef {import('./types.js').Why} Why */

/** So long nothing is recorded of a job that is at work. */
const QUIET = 15 * 60_000;

/**
 * What stands in the way, each with its facts and what clears it.
 * @param {Why} why
 * @param {string} workspaceId
 */
export function blockers(why, workspaceId) {
  const { trace } = why;
  if (why.blockers.length === 0 || trace === null) return nothing;
  return html`<section class="blockers" aria-labelledby="blockers">
    <h2 id="blockers">What stands in the way</h2>
    ${why.blockers.map((blocker, index) => html`<article class="blocker is-${blocker.outcome}">
      <h3><span class="outcome is-${blocker.outcome}">${sign(blocker.outcome)}${blocker.name}</span>
        <span class="faint">${blocker.outcome}</span></h3>
      ${blocker.message === null ? nothing : html`<p>${blocker.message}</p>`}
      <dl class="facts">${clearing(blocker)}${index === 0 ? firstCause(why, workspaceId) : nothing}
        ${evidence(blocker, why, workspaceId)}</dl>
      <a href=${to.trace(workspaceId, trace.traceId, { span: blocker.spanId })}>Show it in the trace</a>
    </article>`)}
  </section>`;
}

/** @param {import('./types.js').Blocker} blocker */
function clearing({ clearedBy, remedy, nextEvaluation }) {
  return html`${clearedBy === null ? nothing : fact('Who clears it', clearedBy)}
    ${remedy === null ? nothing : fact('What clears it', remedy)}
    ${nextEvaluation === null ? nothing : fact('Next evaluation', due(nextEvaluation))}`;
}

/** @param {string} text */
function due(text) {
  return html`${time(text)} <span class="faint">${howSoon(instant(text) - Date.now())}</span>`;
}

/** Nothing if that isn't known. @param {number} left in milliseconds */
function howSoon(left) {
  if (Number.isNaN(left)) return nothing;
  if (isNow(Math.abs(left))) return 'now';
  return left > 0 ? `in ${age(left)}` : `${age(-left)} overdue`;
}

/** What the answer knows of its first cause alone. @param {Why} why @param {string} workspaceId */
function firstCause({ holders, flapping }, workspaceId) {
  return html`${holders.length === 0 ? nothing : fact('Held by', html`<ul class="holders">
      ${holders.map(holder => html`<li>${held(holder, workspaceId)}</li>`)}</ul>`)}
    ${flapping === null ? nothing
      : fact('Comes and goes', `passed ${flapping.passed} of the last ${counted(flapping.times, 'time')}`)}`;
}

/** @param {import('./types.js').Holder} holder @param {string} workspaceId */
function held({ jobId, traceId, releaseTargetKey, outcome, since, lastWritten }, workspaceId) {
  const isQuiet = outcome === 'running' && Date.now() - instant(lastWritten) > QUIET;
  return html`<a href=${to.trace(workspaceId, traceId)}>${jobId}</a>
    ${releaseTargetKey === null ? nothing : html`<a href=${to.target(workspaceId, releaseTargetKey)}>${releaseTargetKey}</a>`}
    ${outcomeWord(outcome)} <span class="faint">began ${longAgo(since)}${isQuiet
      ? html`, silent for ${ago(lastWritten)}` : nothing}</span>`;
}

/** What is told above isn't told again. @param {import('./types.js').Blocker} blocker @param {Why} why @param {string} workspaceId */
function evidence({ clearedBy, rule, metadata, within, traceId }, { trace, holders }, workspaceId) {
  const told = [clearedBy, holders.map(holder => holder.jobId).join(', ')];
  return html`${within.length === 0 ? nothing : fact('Within', within.map(job => html`
      <a href=${to.trace(workspaceId, trace?.traceId ?? traceId, { span: job.spanId })}>${job.name}</a> `))}
    ${rule === null ? nothing : fact('Rule', rule)}
    ${Object.entries(metadata).map(([key, value]) => [key, valueText(value)]).filter(([, text]) => !told.includes(text))
      .map(([key, text]) => fact(key, text))}`;
}

/**
 * What has begun and not ended, and which steps are missing from the record.
 * @param {Why} why
 * @param {string} workspaceId
 */
export function doubts({ trace, open, missingParents }, workspaceId) {
  if (trace === null || open.length + missingParents.length === 0) return nothing;
  /** @param {import('./types.js').StepPlace} step */
  const link = step => html`<a href=${to.trace(workspaceId, trace.traceId, { span: step.spanId })}>${step.name}</a>`;
  return html`<section class="section" aria-labelledby="doubts">
    <h2 id="doubts">${open.length > 0 ? 'What is still open' : 'What is missing'}</h2>
    <dl class="facts">
      ${open.map(step => fact(link(step), html`since ${time(step.startTime)}
        ${step.within.length === 0 ? nothing : html`<span class="faint">in ${step.within.map(job => job.name).join(', ')}</span>`}`))}
      ${missingParents.map(({ spanId, childCount, children }) => fact(html`Step <code>${spanId}</code>`,
        html`isn’t on record; it holds ${children.map(child => html`${link(child)} `)}
          ${childCount > children.length ? `and ${childCount - children.length} more` : nothing}`))}
    </dl></section>`;
}

/**
 * What policies and checks say otherwise than when it was deployed last.
 * @param {Why} why
 * @param {string} workspaceId
 */
export function changes({ trace, lastDeployed, changes }, workspaceId) {
  if (trace === null || lastDeployed === null || changes === null || changes.length === 0) return nothing;
  return html`<section class="section" aria-labelledby="changes">
    <h2 id="changes">What changed since the last deployment</h2>
    ${stepTable(changes, workspaceId, [lastDeployed.traceId, trace.traceId], html`<tr role="row">
      <th role="columnheader" scope="col">Step</th>
      <th role="columnheader" scope="col"><a href=${to.trace(workspaceId, lastDeployed.traceId)}>${lastDeployed.releaseId ?? 'Then'}</a>,
        ${time(lastDeployed.startTime)}</th>
      <th role="columnheader" scope="col"><a href=${to.trace(workspaceId, trace.traceId)}>${trace.releaseId ?? 'Now'}</a>,
        ${time(trace.startTime)}</th></tr>`)}
  </section>`;
}

/**
 * Targets whose names are like one of which nothing is recorded.
 * @param {Why} why
 * @param {string} workspaceId
 */
export function similar({ similar }, workspaceId) {
  if (similar.length === 0) return nothing;
  return html`<section class="section" aria-labelledby="similar">
    <h2 id="similar">Did you mean</h2>
    <ul class="rows plain">${similar.map(key => html`
      <li><a class="row" data-row href=${to.target(workspaceId, key)}>${key}</a></li>`)}</ul></section>`;
}
