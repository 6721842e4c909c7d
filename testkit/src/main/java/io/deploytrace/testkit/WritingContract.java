package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.WriteResult;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is what is read: every value, exactly, whole traces or nothing. */
public abstract class WritingContract extends StoreContract {

    @Test
    void write_nothing_doesNothing() {
        assertThat(write(List.of())).isEqualTo(WriteResult.NOTHING);
    }

    @Test
    void write_completeWorkflow_readsBackEqualInSequence() {
        var trace = fixtures.completeWorkflow(workspace, "api-service-production");

        assertThat(write(trace)).isEqualTo(new WriteResult(12, 0, 0));

        assertHolds(trace);
        assertThat(stored(trace).revision()).isEqualTo(1);
        assertThat(stored(trace).updatedAt()).isEqualTo(stored(trace).createdAt());
    }

    @Test
    void write_spansInAnyOrder_readBackInSequence() {
        var trace = fixtures.workload(workspace, "api-service-production");
        var shuffled = new ArrayList<>(trace);
        Collections.shuffle(shuffled, fixtures.random());

        write(shuffled);

        assertHolds(trace);
    }

    @Test
    void write_severalTracesAtOnce_keepsEachAndTellsThemApartByTime() {
        var first = fixtures.completeWorkflow(workspace, "a");
        var second = fixtures.stopped(workspace, "b", Status.BLOCKED);
        var third = fixtures.single(workspace);
        var all = Stream.of(third, first, second).flatMap(List::stream).toList();

        assertThat(write(all)).isEqualTo(new WriteResult(all.size(), 0, 0));

        assertHolds(first);
        assertHolds(second);
        assertHolds(third);
        assertThat(Stream.of(first, second, third)
                        .map(trace -> stored(trace).createdAt())
                        .distinct())
                .hasSize(3);
        assertThat(Stream.of(first, second, third).map(this::stored))
                .allSatisfy(trace -> assertThat(trace.updatedAt()).isEqualTo(trace.createdAt()));
    }

    @ParameterizedTest
    @MethodSource("io.deploytrace.testkit.Values#all")
    void write_attributeOfAnyKind_readsBackEqual(Object value) {
        var trace = fixtures.trace(workspace).with("value", value).with("list", List.of(value, "x", 1, false));
        trace.root(Status.COMPLETED);
        trace.noting(trace.event("value", Attributes.of("value", value)));

        write(trace.spans());

        assertHolds(trace.spans());
    }

    @ParameterizedTest
    @MethodSource("io.deploytrace.testkit.Values#texts")
    void write_anyTextAnywhere_readsBackEqual(String text) {
        var trace = fixtures.trace(workspace).target(text).release(text).with(text, text);
        trace.add(null, "n" + text, Phase.RECONCILIATION, NodeType.PHASE, Status.COMPLETED);
        trace.noting(trace.event(text, Attributes.of(text, text)));

        write(trace.spans());

        assertHolds(trace.spans());
    }

    @ParameterizedTest
    @MethodSource("io.deploytrace.testkit.Values#times")
    void write_timesOfAnyCentury_readBackEqualOrAreRefused(Instant time) {
        var span = fixtures.single(workspace).get(0);
        var at = new Span(
                span.traceId(),
                span.spanId(),
                null,
                "x",
                time,
                time,
                span.attributes(),
                List.of(new SpanEvent("e", time, Attributes.empty())));

        if (!store.times().contains(time)) {
            assertRefused(at, time);
            return;
        }
        write(List.of(at));

        assertHolds(List.of(at));
    }

    private void assertRefused(Span span, Instant time) {
        assertThatThrownBy(() -> write(List.of(span)))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.INVALID_SPAN))
                .hasMessageContaining(span.spanId())
                .hasMessageContaining(time.toString());
        assertHoldsNothingOf(List.of(span));
    }

    @Test
    void write_spanWithNothingButAWorkspace_readsBackEqual() {
        var attributes = Attributes.of(AttributeKeys.WORKSPACE_ID, workspace);
        var span =
                new Span(fixtures.traceId(), fixtures.spanId(), null, "x", Fixtures.START, null, attributes, List.of());

        write(List.of(span));

        assertHolds(List.of(span));
    }

    @Test
    void write_manyEvents_keepsTheirOrder() {
        var trace = fixtures.trace(workspace);
        trace.root(Status.COMPLETED);
        var events = new SpanEvent[200];
        for (var i = 0; i < events.length; i++) {
            events[i] = trace.event("e" + i * 7 % 11, Attributes.of("i", i));
        }
        trace.noting(events);

        write(trace.spans());

        assertHolds(trace.spans());
    }

    @Test
    void write_tenThousandSpansOfOneTrace_readBackEqual() {
        var trace = fixtures.trace(workspace).target("large");
        var root = trace.root(Status.COMPLETED);
        for (var i = 1; i < 10_000; i++) {
            trace.add(root, "step " + i, Phase.ACTION, NodeType.ACTION, Status.COMPLETED);
        }

        assertThat(write(trace.spans())).isEqualTo(new WriteResult(10_000, 0, 0));

        assertHolds(trace.spans());
    }

    @Test
    void write_fiveThousandAttributesAndALongText_readBackEqual() {
        var trace = fixtures.trace(workspace).with("long", "é".repeat(1_048_576));
        var attributes = Attributes.builder();
        for (var i = 0; i < 5_000; i++) {
            attributes.put("key " + i, i);
        }
        trace.add(null, "x", Phase.ACTION, NodeType.ACTION, Status.COMPLETED, attributes.build());

        write(trace.spans());

        assertHolds(trace.spans());
    }

    @Test
    void write_generatedTraces_readBackEqual() {
        for (var i = 0; i < 30; i++) {
            var trace = GeneratedTraces.next(fixtures, workspace);

            write(trace);

            var inSequence = trace.stream().sorted(Span.IN_SEQUENCE).toList();
            assertHolds(inSequence);
        }
    }

    @Test
    void write_deadlineThatPassed_failsAndWritesNothing() {
        var trace = fixtures.single(workspace);

        assertThatThrownBy(() -> writer().write(trace, passed()))
                .isInstanceOfSatisfying(SpanStoreException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.DEADLINE_PASSED);
                    assertThat(failure.isRetryable()).isTrue();
                });

        assertHoldsNothingOf(trace);
    }
}
