package io.deploytrace.store;

import io.deploytrace.span.Span;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what a {@link SpanWriter} wrote. Every call sees one workspace alone: spans of another are as if they
 * didn't exist. Lists of spans are unmodifiable and, unless a method says otherwise, ordered by sequence (absent
 * last), then start, then span id.
 *
 * <p>Every method throws {@link SpanStoreException} when the store can't answer or the deadline passes, with
 * {@link SpanStoreException.Reason#INVALID_SPAN} for a cursor that isn't one of the store's own. Implementations are
 * safe for use by several threads.
 */
public interface SpanReader {

    /** All spans of a trace; empty when there are none. */
    List<Span> trace(UUID workspaceId, String traceId, Deadline deadline);

    /**
     * All spans of a trace and of those that name it as their parent trace ({@code parent_trace_id}), ordered by
     * the time their trace was first written ({@code created_at}), then trace id, then as in {@link #trace}.
     */
    List<Span> traceWithLinked(UUID workspaceId, String traceId, Deadline deadline);

    /** The spans whose parent is the given span, within its trace. */
    List<Span> children(UUID workspaceId, String traceId, String spanId, Deadline deadline);

    /** All spans that carry the job id, of whatever trace; where all else is equal, by trace id. */
    List<Span> spansOfJob(UUID workspaceId, String jobId, Deadline deadline);

    /**
     * The spans of a release target, of the traces that are summarised under it and were first written within the
     * range, newest trace first ({@code created_at} descending, then trace id descending), within a trace as in {@link
     * #trace}. The page's limit counts traces, so that no page cuts one apart.
     */
    Page<Span> spansOfReleaseTarget(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, Deadline deadline);

    /**
     * Decisions with status failed that were first written within the range, newest first, then by trace id and release
     * target key, both descending; one entry per trace, release target and time.
     */
    Page<FailedDecision> failedDecisions(UUID workspaceId, TimeRange range, PageRequest page, Deadline deadline);

    /** One trace's summary; empty when the workspace has no such trace. */
    Optional<StoredTrace> summary(UUID workspaceId, String traceId, Deadline deadline);

    /**
     * Summaries of the traces that match the filter, newest first ({@code created_at}, then trace id, both descending).
     */
    Page<StoredTrace> traces(UUID workspaceId, TraceFilter filter, PageRequest page, Deadline deadline);

    /** The summaries of the traces that name the given trace as their parent, oldest first. */
    List<StoredTrace> linkedTraces(UUID workspaceId, String traceId, Deadline deadline);

    /**
     * The newest trace of each release target, external traces aside, ordered by the UTF-8 bytes of the release target
     * key.
     */
    Page<StoredTrace> latestOfEachTarget(UUID workspaceId, PageRequest page, Deadline deadline);
}
