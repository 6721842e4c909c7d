package io.deploytrace.server.ingest;

import org.jspecify.annotations.Nullable;

/** A request that can't be read: nothing of it was stored. The message says where it is wrong, and may be shown to the sender. */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidRequestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
