package io.deploytrace.span;

import java.time.Instant;
import java.util.Objects;

/**
 * Something noted during a span: metadata, a verdict, an exception. An OpenTelemetry span event.
 *
 * @param name what it is about, such as {@code approver}; not null
 * @param time when it was noted, to the nanosecond; not null
 * @param attributes what was noted; not null, may be empty
 */
public record SpanEvent(String name, Instant time, Attributes attributes) {

    /** Checks that nothing is null. */
    public SpanEvent {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(attributes, "attributes");
    }
}
