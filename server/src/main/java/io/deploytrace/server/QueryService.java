package io.deploytrace.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.server.api.Answer;
import io.deploytrace.server.api.ContentCoding;
import io.deploytrace.store.SpanStoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Answers questions: asks the store on the executor, and sends the answer as fast as the client reads. */
final class QueryService implements HttpService {

    private final Query query;
    private final Executor executor;
    private final ServerLimits limits;
    private final FailureLog failures;

    /** One question, as it comes over HTTP. */
    @FunctionalInterface
    interface Query {

        /** The answer to a request that was let through; may wait for the store. */
        Answer answer(ServiceRequestContext context);
    }

    QueryService(Query query, Executor executor, ServerLimits limits, FailureLog failures) {
        this.query = query;
        this.failures = failures;
        this.executor = executor;
        this.limits = limits;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(CompletableFuture.supplyAsync(() -> answer(context), context.makeContextAware(executor))
                .thenApply(answer -> response(context, answer)));
    }

    private Answer answer(ServiceRequestContext context) {
        try {
            if (Gate.deadline(context).hasPassed()) {
                throw Refusal.busyReading().exception();
            }
            var answer = query.answer(context);
            var accepted = context.request().headers().get(HttpHeaderNames.ACCEPT_ENCODING);
            return ContentCoding.acceptsGzip(accepted) ? answer.gzipped() : answer;
        } catch (SpanStoreException e) {
            failures.reading(e);
            throw Refusal.ofReading(e).exception();
        }
    }

    private HttpResponse response(ServiceRequestContext context, Answer answer) {
        var headers = ResponseHeaders.builder(HttpStatus.valueOf(answer.status()));
        answer.headers().forEach(headers::set);
        headers.set(HttpHeaderNames.VARY, "accept-encoding");
        if (answer.status() == 304) {
            return HttpResponse.of(headers.build());
        }
        headers.contentType(MediaType.JSON);
        var rest = answer.rest();
        if (rest == null) {
            return HttpResponse.of(headers.build(), HttpData.wrap(answer.first()));
        }
        if (context.method() == HttpMethod.HEAD) {
            return HttpResponse.of(headers.build());
        }
        Duration patience = limits.idleTimeout();
        return new PieceByPiece(
                        context, context.makeContextAware(executor), rest, patience, limits.readTimeout(), failures)
                .response(headers.build(), answer.first());
    }
}
