package io.deploytrace.recorder;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** Checks arguments at the start of a recording; what it throws names the argument. */
final class Arguments {

    /** The most characters of a name or id; an index of PostgreSQL takes no more than about 2,700 bytes. */
    static final int LONGEST_NAME = 512;

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Arguments() {}

    static String workspaceId(String name, String value) {
        Objects.requireNonNull(value, name);
        if (!UUID_TEXT.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "%s must be a UUID such as 123e4567-e89b-12d3-a456-426614174000, but is '%s'"
                            .formatted(name, value));
        }
        return value.toLowerCase(Locale.ROOT);
    }

    static String text(String name, String value) {
        Objects.requireNonNull(value, name);
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        if (value.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "%s must have at most %d characters, but has %d".formatted(name, LONGEST_NAME, value.length()));
        }
        var bad = StorableText.firstBad(value, 0);
        if (bad >= 0) {
            throw new IllegalArgumentException(
                    "%s has a NUL or half of a surrogate pair at character %d, which can't be stored"
                            .formatted(name, bad));
        }
        return value;
    }
}
