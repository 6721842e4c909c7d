package io.deploytrace.server;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to (W3C Trace Context): that of its client, if the request says so in {@code traceparent}, or else a
 * new one. It stands in the log records of the request and in its problem document, so that one leads to the other.
 *
 * @param traceId 32 digits of lowercase hex
 * @param spanId the server's own part of it, 16 digits of lowercase hex
 */
public record RequestTrace(String traceId, String spanId) {

    private static final AttributeKey<RequestTrace> ATTRIBUTE = AttributeKey.valueOf(RequestTrace.class, "TRACE");
    private static final String HEADER = "traceparent";

    /** The trace of the request that this thread is working for; empty if it works for none, or for several at once. */
    public static Optional<RequestTrace> current() {
        return Optional.ofNullable(ServiceRequestContext.currentOrNull()).map(RequestTrace::of);
    }

    /** The trace of a request: most never need one, so it is made when it is asked for. */
    private static RequestTrace of(ServiceRequestContext context) {
        synchronized (context) {
            var known = context.attr(ATTRIBUTE);
            if (known != null) {
                return known;
            }
            var made = of(context.request().headers());
            context.setAttr(ATTRIBUTE, made);
            return made;
        }
    }

    private static RequestTrace of(RequestHeaders headers) {
        var extracted = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, new Headers());
        var parent = Span.fromContext(extracted).getSpanContext();
        var ids = IdGenerator.random();
        return new RequestTrace(parent.isValid() ? parent.getTraceId() : ids.generateTraceId(), ids.generateSpanId());
    }

    private static final class Headers implements TextMapGetter<RequestHeaders> {

        /** The specification takes several for none. */
        @Override
        public @Nullable String get(@Nullable RequestHeaders headers, String name) {
            return headers == null || headers.getAll(HEADER).size() > 1 ? null : headers.get(name);
        }
    }
}
