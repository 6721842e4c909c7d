// @ts-check

/** @typedef {import('./tracemodel.js').Row} Row */

/**
 * The rows that stand in the way: the first cause, the further blockers, and those above the cause.
 * @param {import('./tracemodel.js').TraceModel} model
 * @param {import('./types.js').Why} why
 * @returns {Map<Row, 'cause' | 'way' | 'blocker'>}
 */
export function marksOf(model, why) {
  /** @type {Map<Row, 'cause' | 'way' | 'blocker'>} */
  const marks = new Map();
  const rows = why.blockers.flatMap(({ traceId, spanId }) => model.rowOf(traceId, spanId) ?? []);
  const [cause, ...further] = rows;
  if (cause === undefined) return marks;
  for (const above of model.ancestors(cause)) marks.set(above, 'way');
  for (const row of further) marks.set(row, 'blocker');
  marks.set(cause, 'cause');
  return marks;
}
