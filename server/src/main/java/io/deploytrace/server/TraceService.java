package io.deploytrace.server;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.server.ingest.Ingest;
import io.deploytrace.server.ingest.IngestAnswer;
import io.deploytrace.server.ingest.InvalidRequestException;
import io.deploytrace.server.ingest.Sender;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/** Takes spans by OTLP: receives the whole body, reads it on the executor, and answers once the spans are committed. */
final class TraceService implements HttpService {

    private final Function<HttpRequest, OtlpProtocol> protocols;
    private final Ingest ingest;
    private final Executor executor;
    private final BodyMemory bodies;

    TraceService(Function<HttpRequest, OtlpProtocol> protocols, Ingest ingest, Executor executor, BodyMemory bodies) {
        this.protocols = protocols;
        this.ingest = ingest;
        this.executor = executor;
        this.bodies = bodies;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        var protocol = protocols.apply(request);
        var memory = bodies.share();
        return HttpResponse.of(received(context, request, memory)
                .thenComposeAsync(body -> store(context, protocol, body, memory), context.makeContextAware(executor))
                .whenComplete((answer, failure) -> memory.release())
                .thenApply(answer -> protocol.answer(answer.toResponse(), headers(context, answer))));
    }

    /** The whole body, counted as it comes: Armeria would map the parts of its own stream only once it has all of them. */
    private static CompletableFuture<AggregatedHttpRequest> received(
            ServiceRequestContext context, HttpRequest request, BodyMemory.Share memory) {
        var counted = request.mapData(data -> {
            memory.received(data.length());
            return data;
        });
        Publisher<HttpObject> parts = subscriber -> counted.subscribe(subscriber, context.eventLoop());
        return HttpRequest.of(request.headers(), parts).aggregate();
    }

    private CompletableFuture<IngestAnswer> store(
            ServiceRequestContext context, OtlpProtocol protocol, AggregatedHttpRequest body, BodyMemory.Share memory) {
        var request = decode(protocol, body, memory);
        var sender = Gate.principal(context).sender();
        var deadline = Gate.deadline(context);
        return isAtomic(body.headers())
                ? ingest.acceptAllOrNone(request, sender, deadline)
                : ingest.accept(request, sender, deadline);
    }

    private static ExportTraceServiceRequest decode(
            OtlpProtocol protocol, AggregatedHttpRequest body, BodyMemory.Share memory) {
        try {
            return protocol.decode(body, memory);
        } catch (InvalidRequestException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage())).exception();
        } catch (IOException e) {
            throw Refusal.malformed("The body can't be decompressed: " + e.getMessage())
                    .exception();
        }
    }

    private static boolean isAtomic(RequestHeaders headers) {
        return headers.get(IngestAnswer.ATOMIC_HEADER, "").equals("true");
    }

    /** What was stored in detail is for senders that write as to a store; another job learns no more than OTLP tells. */
    private static HttpHeaders headers(ServiceRequestContext context, IngestAnswer answer) {
        var headers = HttpHeaders.builder();
        var isController = Gate.principal(context).sender() instanceof Sender.Controller;
        if (isController || isAtomic(context.request().headers())) {
            answer.headers().forEach(headers::set);
        }
        return headers.build();
    }
}
