package io.deploytrace.store;

import io.deploytrace.query.FanoutTarget;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.Outline;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceRun;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /** The most keys, or ids of traces, that one call takes. */
    int MAXIMUM_KEYS = 1_000;

    /** All spans of a trace; empty when there are none. */
    List<Span> trace(UUID workspaceId, String traceId, Deadline deadline);

    /**
     * All spans of a trace and of those linked to it: that name it, or one that is linked to it, as their parent trace
     * ({@code parent_trace_id}), at whatever level. Ordered by the time their trace was first written ({@code created_at}), then
     * trace id, then as in {@link #trace}.
     */
    List<Span> traceWithLinked(UUID workspaceId, String traceId, Deadline deadline);

    /**
     * The {@linkplain Outline outlines} of the spans that {@link #traceWithLinked} gives, in the same order: for traces of
     * so many spans that they don't fit in memory as a whole. {@link #spansOf} then gives the spans themselves, a part at a time.
     */
    default List<Span> outline(UUID workspaceId, String traceId, Deadline deadline) {
        return outlines(workspaceId, List.of(traceId), deadline).getOrDefault(traceId, List.of());
    }

    /**
     * As {@link #outline}, of several traces at once.
     *
     * @param traceIds at most {@value #MAXIMUM_KEYS}
     * @return the outlines by the trace that was asked for; one of which there are none is left out. Unmodifiable
     * @throws IllegalArgumentException if there are more ids
     */
    Map<String, List<Span>> outlines(UUID workspaceId, Collection<String> traceIds, Deadline deadline);

    /**
     * The spans of the keys, in the order of the keys; those that don't exist are left out.
     *
     * @param keys at most {@value #MAXIMUM_KEYS}
     * @throws IllegalArgumentException if there are more keys
     */
    List<Span> spansOf(UUID workspaceId, Collection<SpanKey> keys, Deadline deadline);

    /**
     * As {@link #spansOf}, of each span {@linkplain Outline#withMessage its outline and message}: many times less to read where spans hold
     * much.
     *
     * @param keys at most {@value #MAXIMUM_KEYS}
     * @throws IllegalArgumentException if there are more keys
     */
    List<Span> outlinesOf(UUID workspaceId, Collection<SpanKey> keys, Deadline deadline);

    /**
     * Spans that match the filter, the newest first ({@code created_at}, then trace id, then span id, all descending). A filter that
     * few spans match is quick if it has a trace, a parent span, a parent trace, a job, a release, or a release target; else the spans
     * of the range are looked at from the newest on until the page is full.
     */
    Page<Span> spans(UUID workspaceId, SpanFilter filter, PageRequest page, Deadline deadline);

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

    /** The summaries of the traces linked to the given one, as {@link #traceWithLinked} says, oldest first. */
    default List<StoredTrace> linkedTraces(UUID workspaceId, String traceId, Deadline deadline) {
        return linkedTraces(workspaceId, List.of(traceId), deadline).getOrDefault(traceId, List.of());
    }

    /**
     * As {@link #linkedTraces(UUID, String, Deadline)}, of several traces at once.
     *
     * @param traceIds at most {@value #MAXIMUM_KEYS}
     * @return the summaries by the trace that they are linked to; a trace that none is linked to is left out. Unmodifiable
     * @throws IllegalArgumentException if there are more ids
     */
    Map<String, List<StoredTrace>> linkedTraces(UUID workspaceId, Collection<String> traceIds, Deadline deadline);

    /**
     * The traces of a release target that were first written within the range, the newest first, consecutive ones that give the same answer
     * as one run, as {@link TraceRun} says; a run that reaches out of the range is cut there. Traces that name a parent trace aren't counted. The page's limit
     * counts runs, and a page may hold fewer although there are more, but at least one.
     *
     * @param page where the next page begins is also what {@link #behind} says of a run's oldest trace
     */
    Page<TraceRun> runs(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, Deadline deadline);

    /**
     * The newest trace of a release target that {@linkplain Outcome#gotGoing() got going}; empty when none did. Traces
     * that name a parent trace aren't counted.
     */
    Optional<StoredTrace> lastStarted(UUID workspaceId, String releaseTargetKey, Deadline deadline);

    /**
     * How a release stands at each release target that has a trace of it, as {@link FanoutTarget} says, in the order of {@link #targets}. Traces that name a
     * parent trace aren't counted.
     */
    Page<FanoutTarget> fanout(UUID workspaceId, String releaseId, PageRequest page, Deadline deadline);

    /**
     * The release targets that match the filter, each with its newest traces, ordered by the UTF-8 bytes of the release target
     * key. A target that has external traces alone, which name a parent trace, is none.
     */
    Page<TargetState> targets(UUID workspaceId, TargetFilter filter, PageRequest page, Deadline deadline);

    /**
     * The keys of the release targets that begin with a text, in the order of {@link #targets}, which says what a target is.
     *
     * @param limit the most keys, at least 1; the first ones are given
     */
    List<String> targetKeys(UUID workspaceId, String beginning, int limit, Deadline deadline);

    /** The cursor with which {@link #runs} go on behind a trace. */
    static String behind(TraceBrief trace) {
        return PageCursor.of("runs", trace.createdAt().toString(), trace.traceId())
                .text();
    }

    /**
     * Checks the number of keys, as every implementation of {@link #spansOf}, {@link #outlines} and {@link #linkedTraces(UUID, Collection, Deadline)} does.
     *
     * @throws IllegalArgumentException if there are too many
     */
    static void checkKeys(Collection<?> keys) {
        if (keys.size() > MAXIMUM_KEYS) {
            throw new IllegalArgumentException("keys must be at most " + MAXIMUM_KEYS + ", but are " + keys.size()
                    + ". Ask for a part at a time.");
        }
    }
}
