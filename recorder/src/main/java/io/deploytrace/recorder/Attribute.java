package io.deploytrace.recorder;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;

/** One attribute under the key that its type of value has. OpenTelemetry leaves it out if its name is empty. */
record Attribute<T>(AttributeKey<T> key, T value) {

    void setOn(Span span) {
        span.setAttribute(key, value);
    }

    Attributes alone() {
        return Attributes.of(key, value);
    }
}
