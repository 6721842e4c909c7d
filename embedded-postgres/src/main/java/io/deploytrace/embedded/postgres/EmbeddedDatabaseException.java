package io.deploytrace.embedded.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded database can't be started or reached. The message says why and what to do about it. */
public final class EmbeddedDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
