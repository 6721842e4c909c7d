package io.deploytrace.store.postgres;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is stored of a trace, and what a write makes of it. For use by one thread. */
final class MergedTrace {

    private final int step;
    private final Map<SpanKey, Span> spans = new HashMap<>();
    private final List<Span> changed = new ArrayList<>();
    private @Nullable Instant createdAt;
    private boolean withoutSummary;
    private int inserted;

    /** @param step the number of the trace within the write */
    MergedTrace(int step) {
        this.step = step;
    }

    void hasNoSummary() {
        withoutSummary = true;
    }

    void addStored(Span span, Instant spanCreatedAt) {
        spans.put(span.key(), span);
        if (createdAt == null || spanCreatedAt.isBefore(createdAt)) {
            createdAt = spanCreatedAt;
        }
    }

    void merge(Span span) {
        var stored = spans.get(span.key());
        if (stored == null || span.replaces(stored)) {
            inserted += stored == null ? 1 : 0;
            changed.add(span);
            spans.put(span.key(), span);
        }
    }

    /** How many of the changed spans are new. */
    int inserted() {
        return inserted;
    }

    /** The spans that are new or replace a stored copy. */
    List<Span> changed() {
        return changed;
    }

    List<NewSpan> changedRows() {
        return changed.stream().map(span -> NewSpan.of(span, step)).toList();
    }

    /** Whether the stored summary is missing or no longer true. */
    boolean needsSummary() {
        return withoutSummary || !changed.isEmpty();
    }

    NewSummary summary() {
        return new NewSummary(TraceSummary.of(spans.values()), createdAt, step);
    }
}
