package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one span holds so far. Guarded by the lock of its recording, except what {@link #snapshot} returns. */
sealed interface SpanContent permits ModelSpan, OtelSpan {

    String spanId();

    /** Sets attributes, as {@link #set(String, Object)} does. */
    default void set(Attributes attributes) {
        attributes.asMap().forEach(this::set);
    }

    /** Sets an attribute, whose value is one that {@link Attributes} hold; one with an empty key is left out. */
    void set(String key, Object value);

    /** Adds an event; attributes with an empty key are left out. */
    void addEvent(String name, Attributes attributes, long epochNanos);

    void end(long epochNanos);

    /** Says to other back ends that what the span records failed, and why if it is known. */
    void fail(@Nullable String why);

    /** The span as it stands, which is made when it is asked for, outside of the lock. */
    Supplier<Span> snapshot();
}
