// @ts-check
/** The objects of the query API, as docs/api.md and /api/openapi.json describe them; for the type checker alone. */

/** @typedef {{ id: string, name: string | null }} Workspace */

/** @typedef {{ spanId: string, rule: string | null, name: string, message: string | null }} Cause */

/**
 * @typedef {object} Trace
 * @property {string} workspaceId
 * @property {string} traceId
 * @property {string | null} parentTraceId
 * @property {string | null} releaseTargetKey
 * @property {string | null} releaseId
 * @property {string | null} jobId
 * @property {string | null} trigger
 * @property {string} outcome
 * @property {Cause | null} cause
 * @property {string} startTime
 * @property {string | null} endTime
 * @property {number} spanCount
 * @property {number} openCount
 * @property {string} fingerprint
 * @property {string} createdAt
 * @property {string} updatedAt
 * @property {number} revision
 */

/** @typedef {{ traceId: string, releaseId: string | null, outcome: string, fingerprint: string, createdAt: string }} RecentTrace */

/**
 * @typedef {object} Target
 * @property {string} releaseTargetKey
 * @property {Trace} latest
 * @property {string} since
 * @property {boolean} sinceIsKnown
 * @property {RecentTrace[]} recent the newest first
 */

/**
 * @typedef {object} Blocker
 * @property {string} outcome
 * @property {string} name
 * @property {string | null} rule
 * @property {string | null} message
 * @property {string | null} remedy
 * @property {string | null} clearedBy
 * @property {string | null} nextEvaluation
 * @property {Record<string, unknown>} metadata
 * @property {string} traceId
 * @property {string} spanId
 * @property {StepPlace[]} within
 */

/** @typedef {{ name: string, jobId: string | null, traceId: string, spanId: string }} StepPlace */

/** @typedef {StepPlace & { startTime: string, within: StepPlace[] }} OpenStep */

/** @typedef {{ spanId: string, childCount: number, children: StepPlace[] }} MissingParent */

/**
 * @typedef {object} Holder a job that holds what a release waits for
 * @property {string} jobId
 * @property {string} traceId
 * @property {string | null} releaseTargetKey
 * @property {string} outcome
 * @property {string} since
 * @property {string} lastWritten
 */

/**
 * @typedef {object} Why
 * @property {string | null} releaseTargetKey
 * @property {string[]} answer
 * @property {string | null} outcome
 * @property {string | null} completeness
 * @property {Trace | null} trace
 * @property {Blocker[]} blockers
 * @property {OpenStep[]} open
 * @property {MissingParent[]} missingParents
 * @property {string | null} nextEvaluation
 * @property {string | null} lastActivity
 * @property {{ since: string, count: number, more: boolean } | null} same
 * @property {Trace | null} before
 * @property {Trace | null} lastDeployed
 * @property {Step[] | null} changes
 * @property {{ passed: number, times: number } | null} flapping
 * @property {Holder[]} holders
 * @property {string | null} nothingSince
 * @property {string[]} similar
 * @property {string | null} retention
 */

/** @typedef {{ outcome: string, cause: Cause | null, releaseId: string | null }} State what became of a trace */

/**
 * @typedef {State & {
 *   text: string, count: number, from: string, to: string, oldestTraceId: string, newestTraceId: string,
 *   flapping: { changes: number, other: State & { count: number, newestTraceId: string } } | null,
 * }} HistoryLine
 */

/** @typedef {{ releaseTargetKey: string, answer: string[], lines: HistoryLine[], nextCursor: string | null }} History */

/**
 * @typedef {object} StepState
 * @property {string} traceId
 * @property {string} spanId
 * @property {string} name
 * @property {string | null} verdict
 * @property {string | null} message
 */

/** @typedef {{ key: string, a: unknown, b: unknown }} ValueChange */

/**
 * @typedef {object} Step
 * @property {'flipped' | 'appeared' | 'vanished' | 'changed' | 'same'} change
 * @property {string} kind
 * @property {boolean} linked
 * @property {string} name
 * @property {string | null} rule
 * @property {StepState | null} a
 * @property {StepState | null} b
 * @property {ValueChange[]} metadata
 */

/** @typedef {Omit<Trace, 'createdAt' | 'updatedAt' | 'revision'> & { overallOutcome: string, completeness: string }} ComparedTrace */

/**
 * @typedef {object} Diff
 * @property {string | null} releaseTargetKey
 * @property {string[]} answer
 * @property {ComparedTrace | null} a
 * @property {ComparedTrace | null} b
 * @property {ValueChange[]} fields
 * @property {Step[]} steps
 * @property {number} unlisted how many further steps there are
 */

/**
 * @typedef {object} FanoutTarget
 * @property {string} releaseTargetKey
 * @property {string} traceId
 * @property {string | null} message
 * @property {string} startTime
 * @property {string} since
 * @property {string | null} supersededBy
 * @property {string | null} triedSince
 */

/** @typedef {{ outcome: string, cause: Cause | null, count: number, targets: FanoutTarget[] }} FanoutGroup */

/** @typedef {{ releaseId: string, answer: string[], targets: number, groups: FanoutGroup[], truncated: boolean }} Fanout */

/** @typedef {{ name: string, timestamp: string, attributes: Record<string, unknown> }} SpanEvent */

/**
 * @typedef {object} Span
 * @property {string} traceId
 * @property {string} spanId
 * @property {string | null} parentSpanId
 * @property {string} name
 * @property {string | null} phase
 * @property {string | null} nodeType
 * @property {string | null} status
 * @property {string} startTime
 * @property {string | null} endTime
 * @property {Record<string, unknown>} attributes
 * @property {SpanEvent[]} events
 */

/**
 * @typedef {object} TreeSpan what a row shows of a span
 * @property {number} level
 * @property {'root' | 'child' | 'linked' | 'orphan' | 'circle'} placement
 * @property {string} traceId
 * @property {string} spanId
 * @property {string} name
 * @property {string | null} status
 * @property {string | null} result
 * @property {string | null} decision
 * @property {string | null} message
 * @property {string} startTime
 * @property {string | null} endTime
 */

/** @typedef {Trace & { linkedTraces: Trace[] }} TraceHead */

export {};
