package io.deploytrace.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store did not do what it was asked to. The message names the thing, the value and the remedy, and says what
 * was not written.
 */
public final class SpanStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** An exception without a cause. */
    public SpanStoreException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** An exception with the cause it comes from, or null. */
    public SpanStoreException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }

    /** Whether the same call may succeed later, unchanged. */
    public boolean isRetryable() {
        return reason.retryable;
    }

    /** Why a store did not do what it was asked to. */
    public enum Reason {
        /** A span or an argument is malformed; the message names it. */
        INVALID_SPAN(false),
        /** The spans' workspace doesn't exist. */
        UNKNOWN_WORKSPACE(false),
        /** A span's key belongs to someone else's span. */
        CONFLICT(false),
        /** The deadline passed; whether the call took effect may be unknown, and repeating it is safe. */
        DEADLINE_PASSED(true),
        /**
         * The store can't be reached, or is overloaded or restarting. If the connection broke before it answered, whether
         * the call took effect is unknown; repeating it is safe.
         */
        UNAVAILABLE(true),
        /** What stands before the store, such as a buffer, has no room for the call at the moment. Nothing was written. */
        OVERLOADED(true),
        /** The store isn't set up: a table is missing, or the role may not use it. */
        NOT_READY(false),
        /** Anything else; the cause says more. */
        OTHER(false);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }
    }
}
