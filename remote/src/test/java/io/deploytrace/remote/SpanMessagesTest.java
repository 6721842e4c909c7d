package io.deploytrace.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message says all that a span says, and nothing else. */
class SpanMessagesTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_ID = "b7ad6b7169203331";
    private static final Instant START = Instant.parse("2026-03-01T10:00:00.123456Z");

    private static Span span(Instant start, @Nullable Instant end, Attributes attributes, SpanEvent... events) {
        return new Span(TRACE_ID, SPAN_ID, null, "name", start, end, attributes, List.of(events));
    }

    @Test
    void of_endedSpan_setsWhatItHasAndNothingElse() {
        var event = new SpanEvent("e", START.plusNanos(789), Attributes.of("n", 1));
        var span = new Span(
                TRACE_ID,
                SPAN_ID,
                "00f067aa0ba902b7",
                "Planning",
                START,
                START.plusSeconds(1),
                Attributes.of("k", "v"),
                List.of(event));

        assertThat(SpanMessages.of(span)).hasToString("""
                        trace_id: "\\n\\367e\\031\\026\\315C\\335\\204H\\353!\\034\\2001\\234"
                        span_id: "\\267\\255kqi 31"
                        parent_span_id: "\\000\\360g\\252\\v\\251\\002\\267"
                        name: "Planning"
                        start_time_unix_nano: 1772359200123456000
                        end_time_unix_nano: 1772359201123456000
                        attributes {
                          key: "k"
                          value {
                            string_value: "v"
                          }
                        }
                        events {
                          time_unix_nano: 1772359200123456789
                          name: "e"
                          attributes {
                            key: "n"
                            value {
                              int_value: 1
                            }
                          }
                        }
                        """);
    }

    @Test
    void of_openRoot_hasNeitherEndNorParentNorKind() {
        var message = SpanMessages.of(span(START, null, Attributes.empty()));

        assertThat(message.getEndTimeUnixNano()).isZero();
        assertThat(message.getParentSpanId()).isEmpty();
        assertThat(message.getKind()).isEqualTo(SpanKind.SPAN_KIND_UNSPECIFIED);
        assertThat(message.hasStatus()).isFalse();
    }

    @Test
    void of_valuesOfEveryKind_readBackEqual() {
        var attributes = Attributes.builder()
                .put("text", "naïve — 部署 🚀\n\t\"\\")
                .put("empty text", "")
                .put("", "no key at all")
                .put("largest", Long.MAX_VALUE)
                .put("smallest", Long.MIN_VALUE)
                .put("zero", 0L)
                .put("whole double", 1.0)
                .put("zero double", -0.0)
                .put("tiny", Double.MIN_VALUE)
                .put("not a number", Double.NaN)
                .put("false", false)
                .put("empty list", List.of())
                .put("empty map", Map.of())
                .put("nested", List.of(List.of(), List.of(1L, 1.0, "1", true), Map.of("k", Map.of("l", List.of()))))
                .build();
        var span = span(START, null, attributes, new SpanEvent("", START, attributes));

        var back = ReadBack.of(SpanMessages.of(span));

        assertThat(back).isEqualTo(span);
        assertThat(back.attributes().asMap().keySet())
                .containsExactlyElementsOf(attributes.asMap().keySet());
    }

    @Test
    void of_deepestNesting_isReadableWithTheServersRecursionLimit() throws Exception {
        Object value = "innermost";
        for (var level = 0; level < SpanBatch.MAXIMUM_NESTING; level++) {
            value = Map.of("level", value);
        }
        var span = span(START, null, Attributes.of("deep", value));
        var input = CodedInputStream.newInstance(SpanMessages.of(span).toByteArray());
        input.setRecursionLimit(250);

        assertThat(ReadBack.of(io.opentelemetry.proto.trace.v1.Span.parseFrom(input)))
                .isEqualTo(span);
    }

    @Test
    void of_generatedSpans_readBackEqual() {
        var seed = new Random().nextLong();
        var fixtures = new Fixtures(seed);
        for (var i = 0; i < 200; i++) {
            for (var span : GeneratedTraces.next(fixtures, UUID.randomUUID())) {
                assertThat(ReadBack.of(SpanMessages.of(span)))
                        .as("seed %d", seed)
                        .isEqualTo(span);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00.000001Z",
                "2038-01-19T03:14:08Z",
                "2262-04-11T23:47:16.854775Z",
                "2262-04-11T23:47:16.854776Z",
                "2554-07-21T23:34:33.709551Z"
            })
    void of_timesWithinTheRange_readBackEqual(Instant time) {
        var span = span(time, time, Attributes.empty(), new SpanEvent("e", time, Attributes.empty()));

        assertThat(ReadBack.of(SpanMessages.of(span))).isEqualTo(span);
    }

    @Test
    void of_eventAtEitherEndOfTheRange_readsBackEqual() {
        var span = span(
                START,
                null,
                Attributes.empty(),
                new SpanEvent("first", RemoteSpanWriter.EARLIEST_TIME, Attributes.empty()),
                new SpanEvent("last", RemoteSpanWriter.LATEST_TIME, Attributes.empty()));

        assertThat(ReadBack.of(SpanMessages.of(span))).isEqualTo(span);
    }

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T00:00:00Z, 2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z, start 0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z, 2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z, start 1970-01-01T00:00:00Z",
        "2026-03-01T10:00:00Z, 2554-07-21T23:34:33.709552Z, 2026-03-01T10:00:00Z, end 2554-07-21T23:34:33.709552Z",
        "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z, 1970-01-01T00:00:00Z, time of an event 1970-01-01T00:00:00Z",
        "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z, 9999-12-31T23:59:59Z, time of an event 9999-12-31T23:59:59Z"
    })
    void of_timesBeyondTheRange_areRefusedByName(Instant start, Instant end, Instant event, String named) {
        var span = span(start, end, Attributes.empty(), new SpanEvent("e", event, Attributes.empty()));

        assertThatThrownBy(() -> SpanMessages.of(span))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_SPAN))
                .hasMessage("Span " + SPAN_ID + " of trace " + TRACE_ID + ": " + named
                        + " must lie after 1970-01-01T00:00:00Z and not after 2554-07-21T23:34:33.709551615Z, as far as"
                        + " OpenTelemetry's protocol can say. Set the clock right, or write the span to the database"
                        + " itself. Nothing was written.");
    }
}
