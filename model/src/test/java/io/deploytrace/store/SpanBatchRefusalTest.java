package io.deploytrace.store;

import static io.deploytrace.store.TestSpans.END;
import static io.deploytrace.store.TestSpans.SPAN;
import static io.deploytrace.store.TestSpans.START;
import static io.deploytrace.store.TestSpans.TRACE;
import static io.deploytrace.store.TestSpans.between;
import static io.deploytrace.store.TestSpans.named;
import static io.deploytrace.store.TestSpans.span;
import static io.deploytrace.store.TestSpans.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpanBatchRefusalTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource({"ids", "columns", "texts", "times", "amounts"})
    void of_badSpan_failsSayingWhatIsWrongAndWhatToDo(String problem, Span span) {
        var refused = catchThrowableOfType(SpanStoreException.class, () -> SpanBatch.of(List.of(span)));

        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(SpanStoreException.Reason.INVALID_SPAN);
        assertThat(refused.isRetryable()).isFalse();
        assertThat(refused.getMessage())
                .startsWith("Span ")
                .contains(" of trace ", ": " + problem)
                .endsWith(" Nothing was written.")
                .hasSizeLessThan(500);
        assertThat(SpanBatch.problemOf(span)).startsWith(problem).doesNotContain("Nothing was written");
    }

    @Test
    void problemOf_goodSpan_isNull() {
        assertThat(SpanBatch.problemOf(span(TRACE, SPAN, null))).isNull();
    }

    static Stream<Arguments> ids() {
        return Stream.of(
                arguments("trace id \"4BF9\" must be 32 lower-case hex digits", span("4BF9", SPAN, null)),
                arguments("trace id \"\" must be 32", span("", SPAN, null)),
                arguments("trace id \"4BF92F", span("4BF92F3577B34DA6A3CE929D0E0E4736", SPAN, null)),
                arguments("trace id \"0000", span("0".repeat(32), SPAN, null)),
                arguments("span id \"00f067aa0ba902b\" must be 16", span(TRACE, "00f067aa0ba902b", null)),
                arguments("span id \"00f067aa0ba902bg\" must be 16", span(TRACE, "00f067aa0ba902bg", null)),
                arguments("span id \"0000", span(TRACE, "0".repeat(16), null)),
                arguments("parent span id \"1\" must be 16", span(TRACE, SPAN, "1")),
                arguments(
                        "attribute ctrlplane.parent_trace_id \"x\" must be 32",
                        with(AttributeKeys.PARENT_TRACE_ID, "x")),
                arguments(
                        "attribute ctrlplane.parent_trace_id \"" + TRACE + "\" names the span's own trace",
                        with(AttributeKeys.PARENT_TRACE_ID, TRACE)),
                arguments("attribute ctrlplane.workspace_id is missing: it must be", with(Attributes.empty())),
                arguments("attribute ctrlplane.workspace_id \"\" must be", with(AttributeKeys.WORKSPACE_ID, "")),
                arguments(
                        "attribute ctrlplane.workspace_id \"acme\" must be", with(AttributeKeys.WORKSPACE_ID, "acme")),
                arguments("attribute ctrlplane.workspace_id 7 must be", with(AttributeKeys.WORKSPACE_ID, 7)),
                arguments(
                        "attribute ctrlplane.workspace_id \"0B8F6A52-6E0C-4D52-8D0E-3C8F6B1A9D47\" must be",
                        with(AttributeKeys.WORKSPACE_ID, "0B8F6A52-6E0C-4D52-8D0E-3C8F6B1A9D47")),
                arguments(
                        "attribute ctrlplane.workspace_id \"0b8f6a5236e0c-4d52-8d0e-3c8f6b1a9d47\" must be",
                        with(AttributeKeys.WORKSPACE_ID, "0b8f6a5236e0c-4d52-8d0e-3c8f6b1a9d47")));
    }

    static Stream<Arguments> columns() {
        return Stream.of(
                arguments("attribute ctrlplane.depth \"two\" must be an integer", with(AttributeKeys.DEPTH, "two")),
                arguments("attribute ctrlplane.depth 1.5 must be an integer", with(AttributeKeys.DEPTH, 1.5)),
                arguments("attribute ctrlplane.sequence 2147483648 must be", with(AttributeKeys.SEQUENCE, 1L << 31)),
                arguments("attribute ctrlplane.status true must be a string", with(AttributeKeys.STATUS, true)),
                arguments(
                        "attribute ctrlplane.phase [planning] must be", with(AttributeKeys.PHASE, List.of("planning"))),
                arguments("attribute ctrlplane.node_type 1 must be", with(AttributeKeys.NODE_TYPE, 1)),
                arguments("attribute ctrlplane.release_id 12 must be", with(AttributeKeys.RELEASE_ID, 12)),
                arguments("attribute ctrlplane.parent_trace_id 12 must be", with(AttributeKeys.PARENT_TRACE_ID, 12)),
                arguments("attribute ctrlplane.job_id \"jjjj", with(AttributeKeys.JOB_ID, "j".repeat(513))));
    }

    static Stream<Arguments> texts() {
        var deep = (Object) "end";
        for (var i = 0; i <= SpanBatch.MAXIMUM_NESTING; i++) {
            deep = List.of(deep);
        }
        return Stream.of(
                arguments("name \"\" must not be empty", named("")),
                arguments("name \"a\\u0000b\" contains NUL at index 1", named("a\0b")),
                arguments("name \"\\ud83d\" contains half of a surrogate pair", named("\ud83d")),
                arguments("name \"\\ude80x\" contains half of a surrogate pair at index 0", named("\ude80x")),
                arguments("attribute \"a\\u0000\" contains NUL", with("a\0", "x")),
                arguments("attribute k \"\\u0000\" contains NUL", with("k", "\0")),
                arguments("attribute k \"\\ud83d\\ud83d\" contains half", with("k", List.of("ok", "\ud83d\ud83d"))),
                arguments("attribute k \"in\\u0000\" contains NUL", with("k", Map.of("in\0", 1))),
                arguments("attribute k \"\\u0000\" contains NUL", with("k", Map.of("a", List.of("\0")))),
                arguments("attribute k [end] is nested more than 64 levels deep", with("k", deep)),
                arguments("name of an event \"\\u0000\" contains NUL", with(List.of(event("\0", "k", "v")))),
                arguments("event attribute k \"\\u0000\" contains NUL", with(List.of(event("e", "k", "\0")))),
                arguments("event attribute \"\\u0000\" contains NUL", with(List.of(event("e", "\0", "v")))));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                arguments("end 2026-03-01T09:59:59Z lies before the start", between(START, START.minusSeconds(1))),
                arguments("start 0000-12-31T23:59:59Z must lie", between(Instant.parse("0000-12-31T23:59:59Z"), END)),
                arguments(
                        "end +10000-01-01T00:00:00Z must lie", between(START, Instant.parse("+10000-01-01T00:00:00Z"))),
                arguments(
                        "time of an event -1000", with(List.of(new SpanEvent("e", Instant.MIN, Attributes.empty())))));
    }

    static Stream<Arguments> amounts() {
        var tooMany = Attributes.builder();
        for (var i = 0; i <= SpanBatch.MAXIMUM_ATTRIBUTES; i++) {
            tooMany.put("k" + i, i);
        }
        var many = tooMany.build();
        var events = Collections.nCopies(SpanBatch.MAXIMUM_EVENTS + 1, event("e", "k", "v"));
        var large = new ArrayList<SpanEvent>();
        for (var i = 0; i < 16; i++) {
            large.add(event("e", "k", "x".repeat(SpanBatch.MAXIMUM_TEXT_LENGTH)));
        }
        return Stream.of(
                arguments("name \"xxxx", named("x".repeat(SpanBatch.MAXIMUM_TEXT_LENGTH + 1))),
                arguments("attribute k \"xxxx", with("k", "x".repeat(10_000_000))),
                arguments(
                        "it has 10002 attributes, but at most 10000",
                        with(TestSpans.good().attributes().toBuilder()
                                .putAll(many)
                                .build())),
                arguments("it has 10001 events, but at most 10000", with(events)),
                arguments("it has 10001 attributes of an event", with(List.of(new SpanEvent("e", START, many)))),
                arguments("it has 16777", with(large)));
    }

    private static SpanEvent event(String name, String key, Object value) {
        return new SpanEvent(name, START, Attributes.of(key, value));
    }

    @Test
    void of_spansAtTheLimits_passes() {
        var attributes = TestSpans.workspace(TestSpans.WORKSPACE).toBuilder()
                .put(AttributeKeys.JOB_ID, "j".repeat(SpanBatch.MAXIMUM_COLUMN_LENGTH))
                .put(AttributeKeys.SEQUENCE, Integer.MIN_VALUE)
                .put("text", "x".repeat(SpanBatch.MAXIMUM_TEXT_LENGTH))
                .put("rocket", "\ud83d\ude80")
                .put("largest", Long.MAX_VALUE);
        for (var i = attributes.build().size(); i < SpanBatch.MAXIMUM_ATTRIBUTES; i++) {
            attributes.put("k" + i, i);
        }
        var earliest = Instant.parse("0001-01-01T00:00:00Z");
        var latest = Instant.parse("9999-12-31T23:59:59.999999Z");

        assertThatCode(() -> SpanBatch.of(List.of(with(attributes.build())))).doesNotThrowAnyException();
        assertThatCode(() -> SpanBatch.of(List.of(between(earliest, latest)))).doesNotThrowAnyException();
        assertThatCode(() -> SpanBatch.of(List.of(between(START, START)))).doesNotThrowAnyException();
    }

    @Test
    void of_oneBadSpanOfAThousand_fails() {
        var spans = new ArrayList<Span>();
        for (var i = 1; i <= 1_000; i++) {
            spans.add(span(TRACE, String.format("%016x", i), i == 777 ? "bad" : null));
        }

        assertThat(catchThrowableOfType(SpanStoreException.class, () -> SpanBatch.of(spans)))
                .hasMessageStartingWith("Span 0000000000000309 of trace " + TRACE + ": parent span id \"bad\"");
    }
}
