package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.SpanNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A span kept as a store will be given it, so that nothing is left to convert. */
final class ModelSpan implements SpanContent {

    private static final int USUAL_EVENTS = 4;

    private final String traceId;
    private final String spanId;
    private final @Nullable String parentSpanId;
    private final String name;
    private final long start;
    private final Attributes.Builder attributes = Attributes.builder();
    private final List<SpanEvent> events = new ArrayList<>(USUAL_EVENTS);
    private long end;
    private boolean ended;

    /** A span that starts at this time, in nanoseconds since 1970. */
    ModelSpan(TraceIdentifiers identifiers, @Nullable String parentSpanId, String name, long start) {
        this.traceId = identifiers.traceId();
        this.spanId = identifiers.nextSpanId();
        this.parentSpanId = parentSpanId;
        this.name = name.trim().isEmpty() ? SpanNames.UNNAMED : name;
        this.start = start;
    }

    @Override
    public String spanId() {
        return spanId;
    }

    @Override
    public void set(String key, Object value) {
        if (!key.isEmpty()) {
            attributes.put(key, value);
        }
    }

    @Override
    public void addEvent(String name, Attributes attributes, long epochNanos) {
        events.add(new SpanEvent(name, EpochNanos.instant(epochNanos), withoutEmptyKey(attributes)));
    }

    private static Attributes withoutEmptyKey(Attributes attributes) {
        if (attributes.get("") == null) {
            return attributes;
        }
        var builder = Attributes.builder();
        attributes.asMap().forEach((key, value) -> builder.put(key, key.isEmpty() ? null : value));
        return builder.build();
    }

    @Override
    public void end(long epochNanos) {
        end = epochNanos;
        ended = true;
    }

    /** A store has no column for it: the status says it. */
    @Override
    public void fail(@Nullable String why) {}

    @Override
    public Supplier<Span> snapshot() {
        var span = new Span(
                traceId,
                spanId,
                parentSpanId,
                name,
                EpochNanos.instant(start),
                ended ? EpochNanos.instant(end) : null,
                attributes.build(),
                events);
        return () -> span;
    }
}
