package io.deploytrace.server.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The JSON encoding of requests and answers: protobuf's mapping, except that ids are hex digits of either case. Enums are numbers or names, integers
 * are numbers or strings, {@code null} is as good as absent, unknown fields are ignored; a field that stands there twice is an error.
 */
public final class OtlpJson {

    /** How deep objects and arrays may lie in each other: each level of {@link IngestLimits#nesting()} takes four. */
    public static final int MAXIMUM_DEPTH = 300;

    /** How many tokens a request may have: a small body can say many empty messages, each of which takes time. */
    public static final long MAXIMUM_TOKENS = 5_000_000;

    private static final int LONGEST_PATH = 200;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAXIMUM_DEPTH)
                    .maxTokenCount(MAXIMUM_TOKENS)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private OtlpJson() {}

    /** As {@link #parse(InputStream, LongConsumer)}. */
    public static ExportTraceServiceRequest parse(byte[] body) {
        return parse(new ByteArrayInputStream(body), messages -> {});
    }

    /**
     * The request. The input, in UTF-8, stays the caller's to close.
     *
     * @param messages is told again and again how many more objects are about to be made, of which each takes memory however small it is
     *     in the body; what it throws is thrown on
     * @throws InvalidRequestException if it is malformed; the message names the place
     */
    public static ExportTraceServiceRequest parse(InputStream body, LongConsumer messages) {
        try (var parser = new CountedObjects(FACTORY.createParser(body), messages)) {
            return read(parser);
        } catch (IOException e) {
            throw new InvalidRequestException("The body can't be read: " + e.getMessage(), e);
        }
    }

    private static ExportTraceServiceRequest read(JsonParser parser) throws IOException {
        try {
            parser.nextToken();
            JsonValues.expect(parser, JsonToken.START_OBJECT, "an object");
            var request = JsonMessages.REQUEST.read(parser);
            if (parser.nextToken() != null) {
                throw JsonValues.wrong(parser, "stands behind the request");
            }
            return request.build();
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException(
                    "The body is no ExportTraceServiceRequest in JSON. " + where(parser) + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** The place at which the parser stands: the path, as far as it isn't endless, and the line and column. */
    private static String where(JsonParser parser) {
        var path = parser.getParsingContext().pathAsPointer().toString();
        var location = parser.currentTokenLocation();
        return (path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + '…' : path) + " (line "
                + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /** The answer. */
    public static byte[] print(ExportTraceServiceResponse response) {
        var out = new ByteArrayOutputStream();
        try (var json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            if (response.hasPartialSuccess()) {
                partialSuccess(json, response);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can't be written to", e);
        }
        return out.toByteArray();
    }

    private static void partialSuccess(JsonGenerator json, ExportTraceServiceResponse response) throws IOException {
        var partial = response.getPartialSuccess();
        json.writeObjectFieldStart("partialSuccess");
        json.writeStringField("rejectedSpans", Long.toString(partial.getRejectedSpans()));
        json.writeStringField("errorMessage", partial.getErrorMessage());
        json.writeEndObject();
    }

    /** Tells of objects before it comes to them, many at a time. */
    private static final class CountedObjects extends JsonParserDelegate {

        private static final int STEP = 64;

        private final LongConsumer messages;
        private int objects;

        CountedObjects(JsonParser parser, LongConsumer messages) {
            super(parser);
            this.messages = messages;
        }

        @Override
        public @Nullable JsonToken nextToken() throws IOException {
            var token = super.nextToken();
            if (token == JsonToken.START_OBJECT && objects++ % STEP == 0) {
                messages.accept(STEP);
            }
            return token;
        }
    }
}
