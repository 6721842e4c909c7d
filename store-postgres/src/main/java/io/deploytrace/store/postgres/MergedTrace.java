package io.deploytrace.store.postgres;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.WriteResult;
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
    private int given;
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
        given++;
        var stored = spans.get(span.key());
        if (stored == null || span.replaces(stored)) {
            inserted += stored == null ? 1 : 0;
            changed.add(span);
            spans.put(span.key(), span);
        }
    }

    /** What the write did, once the changed spans are written. */
    WriteResult result() {
        return new WriteResult(inserted, changed.size() - inserted, given - changed.size());
    }

    /** The spans that are new or replace a stored copy. */
    List<Span> changed() {
        return changed;
    }

    void encodeTo(Encoding encoding) {
        for (var span : changed) {
            encoding.spans().add(span, step);
        }
        if (needsSummary()) {
            encoding.summaries().add(new NewSummary(TraceSummary.of(spans.values()), createdAt, step));
        }
    }

    /** Whether the stored summary is missing or no longer true. */
    boolean needsSummary() {
        return withoutSummary || !changed.isEmpty();
    }
}
