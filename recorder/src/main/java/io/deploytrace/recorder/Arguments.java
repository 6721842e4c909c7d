package io.deploytrace.recorder;

import io.deploytrace.span.TextCheck;
import io.deploytrace.store.SpanBatch;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/** Checks arguments at the start of a recording; what it throws names the argument. */
final class Arguments {

    private Arguments() {}

    static String workspaceId(String name, String value) {
        Objects.requireNonNull(value, name);
        var lowerCase = value.toLowerCase(Locale.ROOT);
        if (!isUuid(lowerCase)) {
            throw new IllegalArgumentException(
                    "%s must be a UUID such as 123e4567-e89b-12d3-a456-426614174000, but is '%s'"
                            .formatted(name, value));
        }
        return lowerCase;
    }

    /** {@link UUID#fromString} also takes shorter forms. */
    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String text(String name, String value) {
        Objects.requireNonNull(value, name);
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        if (value.length() > SpanBatch.MAXIMUM_COLUMN_LENGTH) {
            throw new IllegalArgumentException("%s must have at most %d characters, but has %d"
                    .formatted(name, SpanBatch.MAXIMUM_COLUMN_LENGTH, value.length()));
        }
        var bad = TextCheck.firstUnstorable(value, 0);
        if (bad >= 0) {
            throw new IllegalArgumentException(
                    "%s has a NUL or half of a surrogate pair at character %d, which can't be stored"
                            .formatted(name, bad));
        }
        return value;
    }

    static Duration positive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero, but is " + value);
        }
        return value;
    }
}
