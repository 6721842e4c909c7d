package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanFilter;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad span is refused with a message that names it, and nothing of its batch is written. */
public abstract class ValidationContract extends StoreContract {

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpans")
    void write_badSpanAmongGoodOnes_failsNamingItAndWritesNothing(String problem, UnaryOperator<Span> spoil) {
        var trace = fixtures.completeWorkflow(workspace, "api");
        var bad = spoil.apply(fixtures.single(workspace).get(0));
        var batch = new ArrayList<>(trace);
        batch.add(7, bad);

        var failure = refused(batch);

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_SPAN);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure).hasMessageStartingWith("Span ").hasMessageContaining(problem);
        assertHoldsNothingOf(trace);
        assertThat(reader().trace(workspace, bad.traceId(), soon())).isEmpty();
    }

    static Stream<Arguments> badSpans() {
        return Stream.of(
                bad("workspace_id is missing", span -> with(span, Attributes.empty())),
                bad("workspace_id \"\"", span -> with(span, AttributeKeys.WORKSPACE_ID, "")),
                bad("workspace_id \"acme\"", span -> with(span, AttributeKeys.WORKSPACE_ID, "acme")),
                bad("depth \"two\"", span -> with(span, AttributeKeys.DEPTH, "two")),
                bad("status 7", span -> with(span, AttributeKeys.STATUS, 7)),
                bad("parent_trace_id", span -> with(span, AttributeKeys.PARENT_TRACE_ID, span.traceId())),
                bad("contains NUL", span -> with(span, "key", "a\0b")),
                bad("contains NUL", span -> with(span, "key", List.of("a", "\0"))),
                bad("contains NUL", span -> with(span, "a\0b", "value")),
                bad("surrogate", span -> with(span, "key", "\ud83d")),
                bad("contains NUL", span -> copy(span, span.traceId(), null, "a\0b", List.of())),
                bad("contains NUL", span -> copy(span, span.traceId(), null, "x", List.of(event(span, "\0")))),
                bad("characters", span -> with(span, "key", "x".repeat(10_000_000))),
                bad("characters", span -> with(span, AttributeKeys.JOB_ID, "x".repeat(3_000))),
                bad("trace id", span -> copy(span, "4BF92F3577B34DA6A3CE929D0E0E4736", null, "x", List.of())),
                bad("trace id", span -> copy(span, "4bf92f", null, "x", List.of())),
                bad("parent span id", span -> copy(span, span.traceId(), "00f067aa", "x", List.of())),
                bad("before the start", span -> ended(span, span.startTime().minusSeconds(1))),
                bad("name \"\"", span -> copy(span, span.traceId(), null, "", List.of())));
    }

    private static Arguments bad(String problem, UnaryOperator<Span> spoil) {
        return arguments(problem, spoil);
    }

    private static Span with(Span span, String key, Object value) {
        return with(span, span.attributes().toBuilder().put(key, value).build());
    }

    private static Span with(Span span, Attributes attributes) {
        return new Span(
                span.traceId(), span.spanId(), null, "x", span.startTime(), span.endTime(), attributes, List.of());
    }

    private static Span copy(
            Span span, String traceId, @Nullable String parentSpanId, String name, List<SpanEvent> events) {
        return new Span(
                traceId,
                span.spanId(),
                parentSpanId,
                name,
                span.startTime(),
                span.endTime(),
                span.attributes(),
                events);
    }

    private static SpanEvent event(Span span, String name) {
        return new SpanEvent(name, span.startTime(), Attributes.empty());
    }

    @Test
    void write_oneBadSpanOfAThousand_writesNothing() {
        var trace = fixtures.trace(workspace);
        var root = trace.root(Status.COMPLETED);
        var batch = new ArrayList<Span>(List.of(root));
        for (var i = 1; i < 1_000; i++) {
            batch.add(copy(root, fixtures.traceId(), null, i == 777 ? "" : "x", List.of()));
        }

        assertThat(refused(batch).reason()).isEqualTo(Reason.INVALID_SPAN);

        assertThat(reader().spans(workspace, SpanFilter.ALL, PageRequest.first(1), soon())
                        .items())
                .isEmpty();
        assertThat(reader().traces(workspace, TraceFilter.ALL, PageRequest.first(1), soon())
                        .items())
                .isEmpty();
    }

    @Test
    void write_unknownWorkspace_failsSayingSoAndWritesNothing() {
        var unknown = UUID.fromString("00000000-0000-4000-8000-000000000000");
        var good = fixtures.single(workspace);
        var batch = new ArrayList<>(good);
        batch.addAll(fixtures.single(unknown));

        var failure = refused(batch);

        assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_WORKSPACE);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure).hasMessageContaining(unknown.toString());
        assertHoldsNothingOf(good);
    }

    @Test
    void write_spansAtTheLimits_readBackEqual() {
        var span = fixtures.single(workspace).get(0);
        var full = with(
                with(span, AttributeKeys.JOB_ID, "部".repeat(SpanBatch.MAXIMUM_COLUMN_LENGTH)),
                AttributeKeys.RELEASE_TARGET_KEY,
                "署".repeat(SpanBatch.MAXIMUM_COLUMN_LENGTH));
        full = with(full, AttributeKeys.RELEASE_ID, "é".repeat(SpanBatch.MAXIMUM_COLUMN_LENGTH));

        write(List.of(full));

        assertHolds(List.of(full));
    }

    private SpanStoreException refused(List<Span> batch) {
        var failure = catchThrowableOfType(SpanStoreException.class, () -> write(batch));
        assertThat(failure).as("the batch was accepted").isNotNull();
        return failure;
    }
}
