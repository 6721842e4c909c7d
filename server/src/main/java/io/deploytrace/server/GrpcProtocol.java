package io.deploytrace.server;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** OTLP over gRPC: calls of one message, and answers of one. */
final class GrpcProtocol implements OtlpProtocol {

    static final OtlpProtocol INSTANCE = new GrpcProtocol();

    private static final MediaType GRPC = MediaType.create("application", "grpc");
    private static final HttpHeaders OK = HttpHeaders.of(GrpcHeaders.STATUS, "0");

    private GrpcProtocol() {}

    /** Whether the media type is that of gRPC with Protocol Buffers. */
    static boolean accepts(@Nullable MediaType contentType) {
        if (contentType == null || !contentType.type().equals(GRPC.type())) {
            return false;
        }
        return contentType.subtype().equals("grpc") || contentType.subtype().equals("grpc+proto");
    }

    @Override
    public ExportTraceServiceRequest decode(AggregatedHttpRequest request, BodyMemory.Share memory) {
        var encoding = request.headers().get(GrpcHeaders.ENCODING, "identity");
        var message = GrpcFrame.message(request.content(), encoding);
        return Body.protobuf(message.content(), message.isCompressed(), memory);
    }

    @Override
    public HttpResponse answer(ExportTraceServiceResponse response, HttpHeaders more) {
        return HttpResponse.of(headers().add(more).build(), GrpcFrame.of(response.toByteArray()), OK);
    }

    /** An answer of trailers alone. */
    @Override
    public AggregatedHttpResponse refuse(Refusal refusal) {
        var headers = headers()
                .endOfStream(true)
                .set(GrpcHeaders.STATUS, Integer.toString(refusal.code().getNumber()))
                .set(GrpcHeaders.MESSAGE, GrpcFrame.percentEncoded(refusal.message()));
        if (refusal.retryAfterSeconds() > 0) {
            var details = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(ProtobufProtocol.status(refusal).toByteArray());
            headers.set(GrpcHeaders.DETAILS, details);
        }
        return AggregatedHttpResponse.of(headers.build());
    }

    private static ResponseHeadersBuilder headers() {
        return ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.create("application", "grpc+proto"))
                .set(GrpcHeaders.ACCEPT_ENCODING, "identity,gzip");
    }
}
