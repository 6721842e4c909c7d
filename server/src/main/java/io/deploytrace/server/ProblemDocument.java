package io.deploytrace.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.MediaType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Refuses with a problem document (RFC 9457). */
final class ProblemDocument {

    static final AnswerFormat FORMAT = ProblemDocument::of;

    private static final MediaType PROBLEM = MediaType.create("application", "problem+json");
    private static final JsonFactory JSON = new JsonFactory();

    private ProblemDocument() {}

    private static AggregatedHttpResponse of(Refusal refusal) {
        var headers = AnswerFormat.headers(refusal).contentType(PROBLEM).build();
        return AggregatedHttpResponse.of(headers, HttpData.ofUtf8(json(refusal)));
    }

    private static String json(Refusal refusal) {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            generator.writeStringField("type", refusal.problem().type());
            generator.writeStringField("title", refusal.problem().title());
            generator.writeNumberField("status", refusal.status().code());
            generator.writeStringField("detail", refusal.message());
            if (refusal.parameter() != null) {
                generator.writeStringField("parameter", refusal.parameter());
            }
            if (!refusal.allowed().isEmpty()) {
                writeAllowed(generator, refusal.allowed());
            }
            var trace = RequestTrace.current();
            if (trace.isPresent()) {
                generator.writeStringField("traceId", trace.get().traceId());
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeAllowed(JsonGenerator generator, List<String> allowed) throws IOException {
        generator.writeArrayFieldStart("allowed");
        for (var word : allowed) {
            generator.writeString(word);
        }
        generator.writeEndArray();
    }
}
