package io.deploytrace.server;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpStatus;
import io.deploytrace.store.SpanStoreException;

/**
 * A request that isn't answered as it hoped, in the words of each protocol.
 *
 * @param status for HTTP
 * @param code for gRPC, and for the body of an answer to OTLP over HTTP
 * @param message for a person; says what to do, and nothing about the inside of the server
 * @param retryAfterSeconds after how long the same request may succeed; 0 if there is no use in repeating it
 */
record Refusal(HttpStatus status, Code code, String message, int retryAfterSeconds) {

    private static final int RETRY_AFTER_SECONDS = 1;

    static Refusal unauthenticated(String message) {
        return new Refusal(HttpStatus.UNAUTHORIZED, Code.UNAUTHENTICATED, message, 0);
    }

    static Refusal forbidden(String message) {
        return new Refusal(HttpStatus.FORBIDDEN, Code.PERMISSION_DENIED, message, 0);
    }

    static Refusal malformed(String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, Code.INVALID_ARGUMENT, message, 0);
    }

    static Refusal unsupported(String message) {
        return new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, Code.UNIMPLEMENTED, message, 0);
    }

    static Refusal tooLarge(String message) {
        return new Refusal(HttpStatus.REQUEST_ENTITY_TOO_LARGE, Code.RESOURCE_EXHAUSTED, message, 0);
    }

    static Refusal tooMany(String message) {
        return new Refusal(HttpStatus.TOO_MANY_REQUESTS, Code.RESOURCE_EXHAUSTED, message, RETRY_AFTER_SECONDS);
    }

    static Refusal unavailable(String message) {
        return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, Code.UNAVAILABLE, message, RETRY_AFTER_SECONDS);
    }

    static Refusal internal() {
        return new Refusal(
                HttpStatus.INTERNAL_SERVER_ERROR,
                Code.INTERNAL,
                "The server failed to answer. Its log says why; nothing in the request may be at fault.",
                0);
    }

    /** What a client is told of a failure of the store. The store's own words are for the log. */
    static Refusal of(SpanStoreException failure) {
        return switch (failure.reason()) {
            case OVERLOADED ->
                tooMany("This server has as many spans to store as it can hold. Send the same request again.");
            case UNAVAILABLE, DEADLINE_PASSED, NOT_READY ->
                unavailable("The spans can't be stored now. Send the same request again; repeating it is safe.");
            case INVALID_SPAN, UNKNOWN_WORKSPACE, CONFLICT, OTHER -> internal();
        };
    }

    RefusedException exception() {
        return new RefusedException(this);
    }
}
