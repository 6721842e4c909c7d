package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.attribute;
import static io.deploytrace.server.ingest.Requests.controller;
import static io.deploytrace.server.ingest.Requests.id;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A span that can't be stored is rejected alone, with words that name it and say what to do. */
class InvalidSpansTest {

    private final IngestFixture ingest = IngestFixture.create();

    @AfterEach
    void close() {
        ingest.close();
    }

    static Stream<Arguments> invalid() {
        var zeros = ByteString.copyFrom(new byte[16]);
        return Stream.of(
                Arguments.of(span().setTraceId(ByteString.EMPTY), "of trace (none): its trace id must be 16 bytes"),
                Arguments.of(span().setTraceId(zeros), "its trace id must be 16 bytes that are not all zero"),
                Arguments.of(span().setTraceId(id("5b8e")), "(in JSON 32 hex digits), but is 5b8e."),
                Arguments.of(span().setTraceId(id("ab".repeat(5_000))), "but is " + "ab".repeat(32) + "…."),
                Arguments.of(span().setSpanId(zeros), "its span id must be 8 bytes"),
                Arguments.of(span().setParentSpanId(zeros), "its parent span id must be 8 bytes"),
                Arguments.of(span().setParentSpanId(id("01")), "its parent span id must be 8 bytes"),
                Arguments.of(span().setStartTimeUnixNano(0), "it has no start time"),
                Arguments.of(span().setEndTimeUnixNano(1), "lies before the start"),
                Arguments.of(span().setName("a\0b"), "name \"a\\u0000b\" contains NUL at index 1"),
                Arguments.of(span().addAttributes(attribute("k", "\0")), "attribute k \"\\u0000\" contains NUL"),
                Arguments.of(span().addAttributes(attribute("\0", "v")), "contains NUL"),
                Arguments.of(span().addEvents(Span.Event.newBuilder().setName("\0")), "name of an event \"\\u0000\""),
                Arguments.of(span().setTraceState("\0"), "attribute otel.trace_state"),
                Arguments.of(span().addAttributes(attribute("ctrlplane.depth", "deep")), "attribute ctrlplane.depth"),
                Arguments.of(
                        span().addAttributes(attribute("ctrlplane.parent_trace_id", Requests.TRACE)),
                        "names the span's own trace"),
                Arguments.of(
                        span().addAttributes(attribute("ctrlplane.job_id", "x".repeat(513))),
                        "has 513 characters, but at most 512"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void span_isRejectedAlone(Span.Builder span, String words) {
        var answer = ingest.send(controller(), request(span, span(Requests.PARENT_TRACE, spanId(1))));

        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.reason()).isEqualTo(RejectionReason.INVALID_SPAN);
        assertThat(answer.message())
                .startsWith("1 of 2 spans was rejected. Span ")
                .contains(words)
                .doesNotContain("Nothing was written")
                .hasSizeLessThan(600);
        assertThat(answer.result().inserted()).isEqualTo(1);
        assertThat(ingest.trace(Requests.PARENT_TRACE)).hasSize(1);
    }

    @Test
    void parentOfZeros_isNone() {
        var stored = ingest.stored(span().setParentSpanId(id("0000000000000000")));

        assertThat(stored.parentSpanId()).isNull();
    }

    @Test
    void message_namesAFewAndCountsTheOthers() {
        var spans = new Span.Builder[10];
        for (var i = 0; i < spans.length; i++) {
            spans[i] = span(Requests.TRACE, spanId(i)).setStartTimeUnixNano(i < 4 ? 1 : 0);
        }

        var answer = ingest.send(controller(), request(spans));

        assertThat(answer.rejected()).isEqualTo(6);
        assertThat(answer.message())
                .startsWith("6 of 10 spans were rejected. Span 0000000000000005 of trace " + Requests.TRACE)
                .contains("Span 0000000000000007")
                .doesNotContain("Span 0000000000000008")
                .endsWith(" And 3 more.");
    }

    @Test
    void jobsSpan_isNamedByTheIdsThatItSent() {
        var answer = ingest.send(Requests.job("job-1"), request(span().addAttributes(attribute("k", "\0"))));

        assertThat(answer.message())
                .isEqualTo("1 of 1 spans was rejected. Span " + Requests.SPAN + " of trace " + Requests.TRACE
                        + ": attribute k \"\\u0000\" contains NUL at index 0, which PostgreSQL can't hold. Remove or"
                        + " encode it.");
    }
}
