package io.deploytrace.store.postgres;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.WriteResult;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a trace, and what a write makes of it. Holds of stored spans what {@link StoredSpans} reads of them. For use by
 * one thread.
 */
final class MergedTrace {

    private final int step;
    private final Map<String, Span> spans = new HashMap<>();
    private final Map<String, Span> changed = new TreeMap<>();
    private final Map<String, Span> undecided = new HashMap<>();
    private @Nullable Instant createdAt;
    private @Nullable TraceSummary summary;
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
        spans.put(span.spanId(), span);
        if (createdAt == null || spanCreatedAt.isBefore(createdAt)) {
            createdAt = spanCreatedAt;
        }
    }

    void merge(Span span) {
        given++;
        var stored = spans.get(span.spanId());
        if (stored == null) {
            inserted++;
            change(span);
        } else if (stored.isOpen() && span.isOpen()) {
            undecided.put(span.spanId(), span);
        } else if (span.replaces(stored)) {
            change(span);
        }
    }

    /** The stored spans that it takes whole to see whether those given replace them: of two open copies, all counts. */
    List<SpanKey> undecided() {
        return undecided.values().stream().map(Span::key).toList();
    }

    /** Decides about one of these. */
    void mergeWith(Span stored) {
        var span = undecided.get(stored.spanId());
        if (span != null && span.replaces(stored)) {
            change(span);
        }
    }

    private void change(Span span) {
        changed.put(span.spanId(), span);
        spans.put(span.spanId(), span);
    }

    /** What the write did, once the changed spans are written. */
    WriteResult result() {
        return new WriteResult(inserted, changed.size() - inserted, given - changed.size());
    }

    /** The spans that are new or replace a stored copy, in the order of their keys. */
    Collection<Span> changed() {
        return changed.values();
    }

    /** Whether the stored summary is missing or no longer true. */
    boolean needsSummary() {
        return withoutSummary || !changed.isEmpty();
    }

    void summarize() {
        summary = TraceSummary.of(spans.values());
    }

    /** The stored span that it takes whole to say in the summary why the outcome is what it is. */
    List<SpanKey> storedCause() {
        return Optional.ofNullable(summary)
                .flatMap(known -> Optional.ofNullable(known.cause())
                        .filter(cause -> !changed.containsKey(cause.spanId()))
                        .map(cause -> new SpanKey(known.traceId(), cause.spanId())))
                .stream()
                .toList();
    }

    void tellCause(Span stored) {
        summary = summary == null ? null : summary.withCause(stored);
    }

    void encodeTo(Encoding encoding) {
        for (var span : changed.values()) {
            encoding.spans().add(span, step);
        }
        if (summary != null) {
            encoding.summaries().add(new NewSummary(summary, createdAt, step));
        }
    }
}
