package io.deploytrace.opa;

import org.jspecify.annotations.Nullable;

/** A text is no entry of OPA's decision log. The message names the field, what it holds, and what to do. */
public final class InvalidOpaDecisionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidOpaDecisionException(String message) {
        this(message, null);
    }

    InvalidOpaDecisionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
