package io.deploytrace.store;

import io.deploytrace.query.Outline;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The spans of one workspace in an {@link InMemorySpanStore}. */
final class MemorySpans {

    private static final String LIST = "spans";

    private final List<MemoryTrace> traces;

    /** The spans of the traces, which are in the order of their age. */
    MemorySpans(List<MemoryTrace> traces) {
        this.traces = traces;
    }

    List<Span> withLinked(String traceId) {
        return ofTraces(links().under(traceId));
    }

    private MemoryLinks links() {
        return new MemoryLinks(traces, MemorySpans::parents);
    }

    private List<Span> ofTraces(Set<String> traceIds) {
        return traces.stream()
                .filter(trace -> traceIds.contains(trace.traceId()))
                .flatMap(trace -> trace.spans().stream())
                .toList();
    }

    private static List<String> parents(MemoryTrace trace) {
        return trace.rows().stream()
                .map(row -> row.span().parentTraceId())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Of several traces with those linked to each; those of which there is nothing are left out. */
    Map<String, List<Span>> outlines(Collection<String> traceIds) {
        var links = links();
        var all = new HashMap<String, List<Span>>();
        for (var traceId : traceIds) {
            var outline =
                    ofTraces(links.under(traceId)).stream().map(Outline::of).toList();
            if (!outline.isEmpty()) {
                all.put(traceId, outline);
            }
        }
        return Map.copyOf(all);
    }

    List<Span> of(Collection<SpanKey> keys) {
        var byKey = traces.stream()
                .flatMap(trace -> trace.rows().stream())
                .collect(Collectors.toMap(row -> row.span().key(), MemoryTrace.Row::span));
        return keys.stream().map(byKey::get).filter(Objects::nonNull).toList();
    }

    Page<Span> filtered(SpanFilter filter, PageRequest page) {
        var last = page.cursor() == null ? null : Position.parse(PageCursor.parse(LIST, 3, page.cursor()));
        var rows = traces.stream()
                .flatMap(trace -> trace.rows().stream())
                .filter(row -> filter.range().contains(row.createdAt()) && filter.matches(row.span()))
                .filter(row -> last == null || Position.of(row).compareTo(last) < 0)
                .sorted(Comparator.comparing(Position::of).reversed());
        var found = MemoryLists.page(rows, page, row -> Position.of(row).cursor());
        return new Page<>(found.items().stream().map(MemoryTrace.Row::span).toList(), found.nextCursor());
    }

    List<Span> ofJob(String jobId) {
        return traces.stream()
                .flatMap(trace -> trace.rows().stream())
                .map(MemoryTrace.Row::span)
                .filter(span -> jobId.equals(span.jobId()))
                .sorted(Span.IN_SEQUENCE.thenComparing(Span::traceId))
                .toList();
    }

    /** Where a span stands in the list of spans. */
    private record Position(Instant createdAt, SpanKey key) implements Comparable<Position> {

        static Position of(MemoryTrace.Row row) {
            return new Position(row.createdAt(), row.span().key());
        }

        static Position parse(PageCursor cursor) {
            var key = new SpanKey(cursor.position().get(1), cursor.position().get(2));
            return new Position(cursor.time(0), key);
        }

        String cursor() {
            return PageCursor.of(LIST, createdAt.toString(), key.traceId(), key.spanId())
                    .text();
        }

        @Override
        public int compareTo(Position other) {
            var byTime = createdAt.compareTo(other.createdAt);
            return byTime == 0 ? key.compareTo(other.key) : byTime;
        }
    }
}
