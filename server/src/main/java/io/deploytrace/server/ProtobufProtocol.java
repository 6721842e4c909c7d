package io.deploytrace.server;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.MessageLite;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** OTLP over HTTP, binary. */
final class ProtobufProtocol implements OtlpProtocol {

    static final OtlpProtocol INSTANCE = new ProtobufProtocol();

    private ProtobufProtocol() {}

    @Override
    public ExportTraceServiceRequest decode(AggregatedHttpRequest request, BodyMemory.Share memory) {
        return Body.protobuf(request, memory);
    }

    @Override
    public HttpResponse answer(ExportTraceServiceResponse response, HttpHeaders more) {
        return of(ResponseHeaders.builder(HttpStatus.OK).add(more), response).toHttpResponse();
    }

    @Override
    public AggregatedHttpResponse refuse(Refusal refusal) {
        return of(AnswerFormat.headers(refusal), status(refusal));
    }

    private static AggregatedHttpResponse of(ResponseHeadersBuilder headers, MessageLite message) {
        return AggregatedHttpResponse.of(
                headers.contentType(MediaType.X_PROTOBUF).build(), HttpData.wrap(message.toByteArray()));
    }

    /** The message in which OTLP and gRPC tell of an error, with the time to wait if there is one. */
    static Status status(Refusal refusal) {
        var status = Status.newBuilder().setCode(refusal.code().getNumber()).setMessage(refusal.message());
        if (refusal.retryAfterSeconds() > 0) {
            var delay = Duration.newBuilder().setSeconds(refusal.retryAfterSeconds());
            status.addDetails(
                    Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
        }
        return status.build();
    }
}
