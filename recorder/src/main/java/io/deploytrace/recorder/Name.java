package io.deploytrace.recorder;

import io.opentelemetry.api.common.AttributeKey;

/** The name of an attribute, its keys by type, and whether its values are secret. */
record Name(
        boolean masked,
        AttributeKey<String> text,
        AttributeKey<Long> integer,
        AttributeKey<Double> decimal,
        AttributeKey<Boolean> flag) {

    Name(String name, boolean masked) {
        this(
                masked,
                AttributeKey.stringKey(name),
                AttributeKey.longKey(name),
                AttributeKey.doubleKey(name),
                AttributeKey.booleanKey(name));
    }
}
