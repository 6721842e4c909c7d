package io.deploytrace.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.MediaType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

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
            generator.writeStringField("type", "about:blank");
            generator.writeStringField("title", refusal.status().reasonPhrase());
            generator.writeNumberField("status", refusal.status().code());
            generator.writeStringField("detail", refusal.message());
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
