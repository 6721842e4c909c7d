package io.deploytrace.recorder;

import org.jspecify.annotations.Nullable;

/** A text is no job token, or one that must not be trusted. The message says why and never quotes the token. */
public final class InvalidJobTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidJobTokenException(String message) {
        this(message, null);
    }

    InvalidJobTokenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
