package io.deploytrace.server;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One of the encodings in which spans come, and are answered. */
interface OtlpProtocol extends AnswerFormat {

    /**
     * The message in the body.
     *
     * @throws RefusedException if its encoding isn't supported, or it is too large
     * @throws IOException if it is malformed
     */
    ExportTraceServiceRequest decode(AggregatedHttpRequest request, BodyMemory.Share memory) throws IOException;

    /** The answer of success, also of a partial one. */
    HttpResponse answer(ExportTraceServiceResponse response, HttpHeaders more);

    /** The encoding of OTLP over HTTP that the media type names; null if it is none. */
    static @Nullable OtlpProtocol of(@Nullable MediaType contentType) {
        if (contentType == null) {
            return null;
        }
        if (contentType.is(MediaType.X_PROTOBUF)) {
            return ProtobufProtocol.INSTANCE;
        }
        return contentType.is(MediaType.JSON) ? JsonProtocol.INSTANCE : null;
    }
}
