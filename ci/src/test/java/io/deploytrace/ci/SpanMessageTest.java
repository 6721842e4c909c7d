package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spans as OpenTelemetry's protocol has them in JSON. */
class SpanMessageTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final JobSpan SPAN =
            new JobSpan("b7ad6b7169203331", null, "deploy", START, 0, false, null, Map.of(), List.of());
    private static final String IDENTITY =
            "{\"traceId\":\"t\",\"spanId\":\"b7ad6b7169203331\",\"name\":\"deploy\",\"kind\":1,"
                    + "\"startTimeUnixNano\":\"1767323045123456789\"";
    private static final String RESULT =
            "\"attributes\":[{\"key\":\"cicd.pipeline.task.run.result\",\"value\":{\"stringValue\":\"%s\"}}],"
                    + "\"events\":[]}";

    private static String ended(boolean failed, String message) {
        return SpanMessage.ended("t", SPAN, new Ending(START.plusNanos(1), failed, message, Map.of()));
    }

    @Test
    void open_span_hasNoEndAndNoStatus() {
        assertThat(SpanMessage.open("t", SPAN)).isEqualTo(IDENTITY + ",\"attributes\":[],\"events\":[]}");
    }

    @Test
    void ended_success_isOk() {
        assertThat(ended(false, null))
                .isEqualTo(IDENTITY + ",\"endTimeUnixNano\":\"1767323045123456790\",\"status\":{\"code\":1},"
                        + RESULT.formatted("success"));
    }

    @Test
    void ended_failure_isAnErrorAndSaysWhy() {
        assertThat(ended(true, "exit \"1\""))
                .isEqualTo(IDENTITY + ",\"endTimeUnixNano\":\"1767323045123456790\","
                        + "\"status\":{\"code\":2,\"message\":\"exit \\\"1\\\"\"}," + RESULT.formatted("failure"));
    }

    @Test
    void ended_beforeItsStart_endsAtItsStart() {
        var message = SpanMessage.ended("t", SPAN, new Ending(START.minusSeconds(5), false, null, Map.of()));

        assertThat(message).contains("\"endTimeUnixNano\":\"1767323045123456789\"");
    }

    @Test
    void open_everythingASpanMayHave_isInTheMessage() {
        var notes = List.of(new Note("version", "1\n2", START.plusSeconds(1)), new Note("n", "", START.plusSeconds(2)));
        var link = new Traceparent("f".repeat(32), "e".repeat(16));
        var span = new JobSpan(
                "b7ad6b7169203331",
                "00f067aa0ba902b7",
                "deploy",
                START,
                1,
                true,
                link,
                Map.of("z", "last", "a", 7L),
                notes);

        assertThat(SpanMessage.open("t", span))
                .isEqualTo("{\"traceId\":\"t\",\"spanId\":\"b7ad6b7169203331\",\"parentSpanId\":\"00f067aa0ba902b7\","
                        + "\"name\":\"deploy\",\"kind\":1,\"startTimeUnixNano\":\"1767323045123456789\","
                        + "\"attributes\":[{\"key\":\"a\",\"value\":{\"intValue\":\"7\"}},"
                        + "{\"key\":\"z\",\"value\":{\"stringValue\":\"last\"}}],"
                        + "\"events\":[{\"timeUnixNano\":\"1767323046123456789\",\"name\":\"version\","
                        + "\"attributes\":[{\"key\":\"version\",\"value\":{\"stringValue\":\"1\\n2\"}}]},"
                        + "{\"timeUnixNano\":\"1767323047123456789\",\"name\":\"n\","
                        + "\"attributes\":[{\"key\":\"n\",\"value\":{\"stringValue\":\"\"}}]}],"
                        + "\"links\":[{\"traceId\":\"" + "f".repeat(32) + "\",\"spanId\":\"" + "e".repeat(16)
                        + "\"}]}");
    }

    @Test
    void ended_attributesOfTheEnding_areAmongThoseOfTheSpan() {
        var message = SpanMessage.ended("t", SPAN, new Ending(START, true, null, Map.of("process.exit.code", 3L)));

        assertThat(message).contains("{\"key\":\"process.exit.code\",\"value\":{\"intValue\":\"3\"}}");
    }
}
