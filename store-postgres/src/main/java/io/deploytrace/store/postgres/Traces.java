package io.deploytrace.store.postgres;

import static java.util.stream.Collectors.groupingBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanBatch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one write by their trace, both in the order of their keys.
 *
 * @param byId the spans of each trace, checked
 * @param spanCount how many spans there are
 */
record Traces(Map<String, List<Span>> byId, int spanCount) {

    static Traces of(SpanBatch batch) {
        return new Traces(batch.traces(), batch.spans().size());
    }

    /** All of the batches together; null if two of them have a trace in common. */
    static @Nullable Traces of(List<SpanBatch> batches) {
        var byId = new TreeMap<String, List<Span>>();
        var spanCount = 0;
        for (var batch : batches) {
            for (var trace : batch.traces().entrySet()) {
                if (byId.put(trace.getKey(), trace.getValue()) != null) {
                    return null;
                }
            }
            spanCount += batch.spans().size();
        }
        return new Traces(byId, spanCount);
    }

    boolean isEmpty() {
        return spanCount == 0;
    }

    /** Whether each has a root: where it is missing, it was most likely stored before. */
    boolean areWhole() {
        return byId.values().stream().allMatch(Traces::hasRoot);
    }

    private static boolean hasRoot(List<Span> trace) {
        for (var span : trace) {
            if (span.parentSpanId() == null) {
                return true;
            }
        }
        return false;
    }

    /** The id of each trace, for each the id of its workspace. */
    String[] ids() {
        return byId.keySet().toArray(String[]::new);
    }

    /** The workspace of each trace, in the order of {@link #ids}. */
    @Nullable String[] workspaceIds() {
        return byId.values().stream().map(trace -> trace.get(0).workspaceId()).toArray(String[]::new);
    }

    /** The ids of the traces of each workspace. */
    Map<UUID, List<String>> byWorkspace() {
        return byId.keySet().stream().collect(groupingBy(this::workspace));
    }

    private UUID workspace(String traceId) {
        var spans = Objects.requireNonNull(byId.get(traceId), traceId);
        return UUID.fromString(Objects.requireNonNull(spans.get(0).workspaceId(), "a checked span has a workspace"));
    }

    /** The end of the message of a write that failed. */
    String undone() {
        return spanCount == 1 ? "The span was not written." : "None of the " + spanCount + " spans was written.";
    }

    Collection<List<Span>> spans() {
        return byId.values();
    }
}
