package io.deploytrace.store;

import io.deploytrace.query.Outcome;
import io.deploytrace.query.TargetWhy;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.query.Why;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers why, from what a store holds: reads what each answer needs, and no more. Memory is bounded by the spans of one trace
 * with its linked ones, and one page of summaries. Every method throws {@link SpanStoreException} as {@link SpanReader}
 * does. As safe for use by several threads as its reader.
 */
public final class Answers {

    /** The most traces of a release target, to the nearest page, over which is looked back. */
    public static final int MAXIMUM_LOOK_BACK = 100_000;

    private final SpanReader reader;

    /** Answers from what the reader reads. */
    public Answers(SpanReader reader) {
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    /** Why the trace ended as it did, linked traces included; empty when the workspace has no such trace. */
    public Optional<Why> whyTrace(UUID workspaceId, String traceId, Deadline deadline) {
        var spans = reader.traceWithLinked(workspaceId, traceId, deadline);
        var isThere = spans.stream().anyMatch(span -> span.traceId().equals(traceId));
        return isThere ? Optional.of(Why.of(spans)) : Optional.empty();
    }

    /**
     * Why the release target is as it is: the answer of its newest trace, and since when it has been the same.
     *
     * @param since the time since which the caller expects a reconcile; null when any will do. If there is none, an older
     *     answer is given, marked by {@link TargetWhy#nothingSince()}
     */
    public TargetWhy whyTarget(UUID workspaceId, String releaseTargetKey, @Nullable Instant since, Deadline deadline) {
        var filter = TraceFilter.releaseTarget(releaseTargetKey);
        var history = TargetHistory.read(page -> reader.traces(workspaceId, filter, page, deadline));
        if (history == null) {
            return TargetWhy.nothingRecorded(releaseTargetKey);
        }
        var newest = history.newest();
        // A trace that was pruned between the two reads is as good as never recorded.
        return whyTrace(workspaceId, newest.summary().traceId(), deadline)
                .map(why -> new TargetWhy(
                        releaseTargetKey,
                        why,
                        history.streak(),
                        history.before(),
                        lastDeployed(workspaceId, releaseTargetKey, deadline),
                        since != null && newest.createdAt().isBefore(since) ? since : null))
                .orElseGet(() -> TargetWhy.nothingRecorded(releaseTargetKey));
    }

    private @Nullable TraceSummary lastDeployed(UUID workspaceId, String releaseTargetKey, Deadline deadline) {
        var filter = new TraceFilter(
                releaseTargetKey, null, null, null, null, null, Outcome.DEPLOYED, TraceFilter.ALL.range());
        var page = reader.traces(workspaceId, filter, PageRequest.first(1), deadline);
        return page.items().isEmpty() ? null : page.items().get(0).summary();
    }
}
