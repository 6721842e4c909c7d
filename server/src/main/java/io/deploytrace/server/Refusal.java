package io.deploytrace.server;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpStatus;
import io.deploytrace.server.api.Problem;
import io.deploytrace.server.api.ProblemException;
import io.deploytrace.store.SpanStoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that isn't answered as it hoped, in the words of each protocol.
 *
 * @param problem for HTTP
 * @param status the status of HTTP, which is mostly that of the problem
 * @param code for gRPC, and for the body of an answer to OTLP over HTTP
 * @param message for a person; says what to do, and nothing about the inside of the server
 * @param retryAfterSeconds after how long the same request may succeed; 0 if there is no use in repeating it
 * @param parameter the parameter that is at fault; null if none is
 * @param allowed what is allowed instead; empty where that can't be listed
 */
record Refusal(
        Problem problem,
        HttpStatus status,
        Code code,
        String message,
        int retryAfterSeconds,
        @Nullable String parameter,
        List<String> allowed) {

    private static final int RETRY_AFTER_SECONDS = 1;

    static Refusal of(Problem problem, Code code, String message) {
        return new Refusal(problem, HttpStatus.valueOf(problem.status()), code, message, 0, null, List.of());
    }

    static Refusal of(ProblemException failure) {
        var problem = failure.problem();
        var code = problem.status() == 404 ? Code.NOT_FOUND : Code.INVALID_ARGUMENT;
        return new Refusal(
                problem,
                HttpStatus.valueOf(problem.status()),
                code,
                failure.detail(),
                0,
                failure.parameter(),
                failure.allowed());
    }

    static Refusal unauthenticated(String message) {
        return of(Problem.UNAUTHENTICATED, Code.UNAUTHENTICATED, message);
    }

    static Refusal forbidden(String message) {
        return of(Problem.FORBIDDEN, Code.PERMISSION_DENIED, message);
    }

    static Refusal malformed(String message) {
        return of(Problem.INVALID_REQUEST, Code.INVALID_ARGUMENT, message);
    }

    static Refusal unsupported(String message) {
        return of(Problem.UNSUPPORTED_MEDIA_TYPE, Code.UNIMPLEMENTED, message);
    }

    static Refusal tooLarge(String message) {
        return of(Problem.BODY_TOO_LARGE, Code.RESOURCE_EXHAUSTED, message);
    }

    static Refusal tooMany(String message) {
        return of(Problem.TOO_MANY_REQUESTS, Code.RESOURCE_EXHAUSTED, message).laterAgain();
    }

    static Refusal unavailable(String message) {
        return of(Problem.UNAVAILABLE, Code.UNAVAILABLE, message).laterAgain();
    }

    static Refusal internal() {
        return of(
                Problem.INTERNAL_ERROR,
                Code.INTERNAL,
                "The server failed to answer. Its log says why; nothing in the request may be at fault.");
    }

    /** That nobody got to a question in time. */
    static Refusal busyReading() {
        return unavailable("This server has more questions than it can answer in time. Send the same request again.");
    }

    private Refusal laterAgain() {
        return new Refusal(problem, status, code, message, RETRY_AFTER_SECONDS, parameter, allowed);
    }

    /** The same with another status. */
    Refusal withStatus(HttpStatus other) {
        return new Refusal(problem, other, code, message, retryAfterSeconds, parameter, allowed);
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

    /** The same where the store was asked a question. */
    static Refusal ofReading(SpanStoreException failure) {
        return switch (failure.reason()) {
            case OVERLOADED, UNAVAILABLE, DEADLINE_PASSED, NOT_READY ->
                unavailable("The database can't answer now, or not in time. Send the same request again.");
            case INVALID_SPAN, UNKNOWN_WORKSPACE, CONFLICT, OTHER -> internal();
        };
    }

    RefusedException exception() {
        return new RefusedException(this);
    }
}
