package io.deploytrace.server;

import com.google.rpc.Code;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.server.api.Problem;
import io.deploytrace.server.api.ProblemException;
import io.deploytrace.store.SpanStoreException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns every failure into an answer of the client's protocol, which says nothing about the inside of the server. */
final class ServerErrors implements ServerErrorHandler {

    private final long bodyBytes;
    private final FailureLog failures;

    ServerErrors(long bodyBytes, FailureLog failures) {
        this.bodyBytes = bodyBytes;
        this.failures = failures;
    }

    /** Null leaves what has a status of its own to {@link #renderStatus}. */
    @Override
    @SuppressWarnings("try")
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        try (var current = context.push()) {
            var refusal = refusal(Exceptions.peel(unwrap(cause)));
            return refusal == null
                    ? null
                    : AnswerFormat.of(context.request().headers())
                            .refuse(refusal)
                            .toHttpResponse();
        }
    }

    private static Throwable unwrap(Throwable cause) {
        return cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    }

    private @Nullable Refusal refusal(Throwable cause) {
        if (cause instanceof RefusedException refused) {
            return refused.refusal();
        }
        if (cause instanceof ProblemException problem) {
            return Refusal.of(problem);
        }
        if (cause instanceof ContentTooLargeException || isTooLarge(cause)) {
            return tooLarge();
        }
        return cause instanceof SpanStoreException failure ? ofStore(failure) : null;
    }

    private static boolean isTooLarge(Throwable cause) {
        return cause instanceof HttpStatusException known && known.httpStatus().code() == 413;
    }

    /** The store's own words are for the log. What can be repeated was logged by the buffer. */
    private Refusal ofStore(SpanStoreException failure) {
        var refusal = Refusal.of(failure);
        if (!failure.isRetryable()) {
            failures.failed("Spans could not be stored", String.valueOf(failure.getMessage()), failure);
        }
        return refusal;
    }

    private Refusal tooLarge() {
        return Refusal.tooLarge("The body is larger than the " + bodyBytes
                + " bytes that this server takes. Send fewer spans in one request, or compress it.");
    }

    /** Such an answer doesn't get the headers that all others do. */
    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        var answer = renderStatus(null, config, headers, status, description, cause);
        var safe = answer.headers().toBuilder();
        SecurityHeaders.HEADERS.forEach(safe::set);
        return AggregatedHttpResponse.of(safe.build(), answer.content());
    }

    @Override
    @SuppressWarnings("try")
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        try (var current = context == null ? null : context.push()) {
            return renderStatus(headers, status, cause);
        }
    }

    private AggregatedHttpResponse renderStatus(
            @Nullable RequestHeaders headers, HttpStatus status, @Nullable Throwable cause) {
        if (status.code() == 500 && cause != null && !isClientGone(cause)) {
            failures.failed("A request failed unexpectedly", "", cause);
        }
        var answer = AnswerFormat.of(headers).refuse(refusal(status));
        return status.code() == 405 && headers != null ? withMethods(answer, Route.path(headers)) : answer;
    }

    private static AggregatedHttpResponse withMethods(AggregatedHttpResponse answer, String path) {
        var methods = Route.of(path).map(Route::methods).orElse(Set.of());
        var allowed = methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
        var headers = answer.headers().toBuilder().set(HttpHeaderNames.ALLOW, allowed);
        return AggregatedHttpResponse.of(headers.build(), answer.content());
    }

    /** Whether it means no more than that nobody waits for the answer any longer. */
    static boolean isClientGone(Throwable cause) {
        return Exceptions.isExpected(cause) || Exceptions.isStreamCancelling(cause);
    }

    private Refusal refusal(HttpStatus status) {
        return switch (status.code()) {
            case 404 -> Refusal.of(Problem.NOT_FOUND, Code.UNIMPLEMENTED, "There is nothing here.");
            case 405 -> Refusal.of(Problem.METHOD_NOT_ALLOWED, Code.UNIMPLEMENTED, "The method isn't supported here.");
            case 408 -> Refusal.of(Problem.REQUEST_TIMEOUT, Code.DEADLINE_EXCEEDED, "The request didn't come in time.");
            case 413 -> tooLarge();
            case 503 ->
                Refusal.unavailable("The server couldn't answer in time, or is stopping. Send the request again.");
            case 500 -> Refusal.internal();
            case 414, 431 ->
                Refusal.of(Problem.HEADERS_TOO_LARGE, Code.RESOURCE_EXHAUSTED, "The headers are too large.")
                        .withStatus(status);
            default ->
                Refusal.malformed("The request isn't one that this server takes.")
                        .withStatus(status);
        };
    }
}
