package io.deploytrace.store;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One trace in an {@link InMemorySpanStore}. Guarded by the store. */
final class MemoryTrace {

    /** Oldest first. */
    static final Comparator<MemoryTrace> BY_AGE =
            Comparator.comparing(MemoryTrace::createdAt).thenComparing(MemoryTrace::traceId);

    /**
     * A span, and when its first copy was written.
     *
     * @param span the span
     * @param createdAt when its first copy was written
     */
    record Row(Span span, Instant createdAt) {}

    private final Map<String, Row> rows = new HashMap<>();
    private final String traceId;
    private final Instant createdAt;
    private StoredTrace stored;
    private long changedIn;

    MemoryTrace(List<Span> spans, Instant createdAt, long changedIn) {
        this.changedIn = changedIn;
        this.traceId = spans.get(0).traceId();
        this.createdAt = createdAt;
        spans.forEach(span -> rows.put(span.spanId(), new Row(span, createdAt)));
        this.stored = new StoredTrace(TraceSummary.of(spans), createdAt, createdAt, 1);
    }

    String traceId() {
        return traceId;
    }

    Instant createdAt() {
        return createdAt;
    }

    UUID workspaceId() {
        return stored.summary().workspaceId();
    }

    StoredTrace stored() {
        return stored;
    }

    /** The number of the write that last changed it. */
    long changedIn() {
        return changedIn;
    }

    TraceSummary summary() {
        return stored.summary();
    }

    Collection<Row> rows() {
        return rows.values();
    }

    /** What removing it removes. */
    TraceMaintenance.Removed size() {
        return new TraceMaintenance.Removed(1, rows.size());
    }

    /** Its spans in sequence. */
    List<Span> spans() {
        return rows.values().stream().map(Row::span).sorted(Span.IN_SEQUENCE).toList();
    }

    /** Adds the spans that are new or replace the copy that is here. */
    WriteResult add(List<Span> spans, Instant now, long write) {
        var inserted = 0;
        var updated = 0;
        for (var span : spans) {
            var present = rows.get(span.spanId());
            if (present == null) {
                rows.put(span.spanId(), new Row(span, now));
                inserted++;
            } else if (span.replaces(present.span())) {
                rows.put(span.spanId(), new Row(span, present.createdAt()));
                updated++;
            }
        }
        if (inserted + updated > 0) {
            changedIn = write;
            stored = new StoredTrace(TraceSummary.of(spans()), createdAt, now, stored.revision() + 1);
        }
        return new WriteResult(inserted, updated, spans.size() - inserted - updated);
    }
}
