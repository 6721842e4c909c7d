package io.deploytrace.server;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import org.jspecify.annotations.Nullable;

/** How a client that is refused is told so: each protocol has its own way. */
interface AnswerFormat {

    /** The answer that says what the refusal says. */
    AggregatedHttpResponse refuse(Refusal refusal);

    /** The format in which the sender of these headers expects to be refused; null headers are those of a request that can't be read. */
    static AnswerFormat of(@Nullable RequestHeaders headers) {
        if (headers == null) {
            return ProblemDocument.FORMAT;
        }
        var contentType = headers.contentType();
        if (GrpcProtocol.accepts(contentType)) {
            return GrpcProtocol.INSTANCE;
        }
        var protocol = Route.path(headers).equals(Route.EXPORT.path()) ? OtlpProtocol.of(contentType) : null;
        return protocol == null ? ProblemDocument.FORMAT : protocol;
    }

    /** The headers of a refusal over HTTP. */
    static ResponseHeadersBuilder headers(Refusal refusal) {
        var headers = ResponseHeaders.builder(refusal.status());
        if (refusal.retryAfterSeconds() > 0) {
            headers.set(HttpHeaderNames.RETRY_AFTER, Integer.toString(refusal.retryAfterSeconds()));
        }
        if (refusal.status().code() == 401) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        return headers;
    }
}
