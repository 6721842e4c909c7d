package io.deploytrace.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.deploytrace.server.ingest.OtlpJson;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** OTLP over HTTP, JSON. */
final class JsonProtocol implements OtlpProtocol {

    static final OtlpProtocol INSTANCE = new JsonProtocol();

    private static final JsonFactory JSON = new JsonFactory();

    private JsonProtocol() {}

    @Override
    public ExportTraceServiceRequest decode(AggregatedHttpRequest request, BodyMemory.Share memory) throws IOException {
        try (var content = Body.open(request, memory)) {
            return OtlpJson.parse(content, memory::messages);
        }
    }

    @Override
    public HttpResponse answer(ExportTraceServiceResponse response, HttpHeaders more) {
        var headers = ResponseHeaders.builder(HttpStatus.OK).add(more).contentType(MediaType.JSON);
        return HttpResponse.of(headers.build(), HttpData.wrap(OtlpJson.print(response)));
    }

    @Override
    public AggregatedHttpResponse refuse(Refusal refusal) {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            generator.writeNumberField("code", refusal.code().getNumber());
            generator.writeStringField("message", refusal.message());
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var headers = AnswerFormat.headers(refusal).contentType(MediaType.JSON);
        return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(text.toString()));
    }
}
