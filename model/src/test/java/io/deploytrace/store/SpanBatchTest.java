package io.deploytrace.store;

import static io.deploytrace.store.TestSpans.END;
import static io.deploytrace.store.TestSpans.START;
import static io.deploytrace.store.TestSpans.between;
import static io.deploytrace.store.TestSpans.named;
import static io.deploytrace.store.TestSpans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanBatchTest {

    private static final String TRACE_1 = "11111111111111111111111111111111";
    private static final String TRACE_2 = "22222222222222222222222222222222";
    private static final String SPAN_1 = "1111111111111111";
    private static final String SPAN_2 = "2222222222222222";

    @Test
    void of_nothing_isEmpty() {
        var batch = SpanBatch.of(List.of());

        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.spans()).isEmpty();
        assertThat(batch.traces()).isEmpty();
    }

    @Test
    void of_spansOfSeveralTracesInAnyOrder_sortsByKeyAndGroupsByTrace() {
        var a = span(TRACE_1, SPAN_1, null);
        var b = span(TRACE_1, SPAN_2, SPAN_1);
        var c = span(TRACE_2, SPAN_1, null);

        var batch = SpanBatch.of(List.of(c, b, a));

        assertThat(batch.isEmpty()).isFalse();
        assertThat(batch.spans()).containsExactly(a, b, c);
        assertThat(batch.traces().keySet()).containsExactly(TRACE_1, TRACE_2);
        assertThat(batch.traces().get(TRACE_1)).containsExactly(a, b);
        assertThat(batch.traces().get(TRACE_2)).containsExactly(c);
    }

    @Test
    void of_openBesideEnded_keepsEndedInEitherOrder() {
        var open = between(START, null);
        var ended = between(START, END);

        assertThat(SpanBatch.of(List.of(open, ended)).spans()).containsExactly(ended);
        assertThat(SpanBatch.of(List.of(ended, open)).spans()).containsExactly(ended);
    }

    @Test
    void of_severalEndedCopies_keepsTheFirst() {
        assertThat(SpanBatch.of(List.of(named("first"), named("second"), named("third")))
                        .spans())
                .containsExactly(named("first"));
    }

    @Test
    void of_theSameSpanIdInTwoTraces_keepsBoth() {
        var spans = List.of(span(TRACE_1, SPAN_1, null), span(TRACE_2, SPAN_1, null));

        assertThat(SpanBatch.of(spans).spans()).isEqualTo(spans);
    }

    @Test
    void of_spansOfABatch_isThatBatch() {
        var batch = SpanBatch.of(List.of(span(TRACE_1, SPAN_1, null)));

        assertThat(SpanBatch.of(batch.spans())).isSameAs(batch);
    }

    @Test
    void lists_changed_fail() {
        var batch = SpanBatch.of(List.of(span(TRACE_1, SPAN_1, null)));

        assertThatThrownBy(() -> batch.spans().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> batch.traces().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> batch.traces().get(TRACE_1).clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void of_spansOfOneTraceInTwoWorkspaces_fails() {
        var other = new Span(
                TRACE_1, SPAN_2, SPAN_1, "x", START, END, TestSpans.workspace(TestSpans.OTHER_WORKSPACE), List.of());

        assertThatThrownBy(() -> SpanBatch.of(List.of(span(TRACE_1, SPAN_1, null), other)))
                .isInstanceOf(SpanStoreException.class)
                .hasMessage("Span 2222222222222222 of trace 11111111111111111111111111111111: attribute"
                        + " ctrlplane.workspace_id \"7d9b2a10-1111-4222-8333-444455556666\" differs from that of span"
                        + " 1111111111111111 of the same trace (0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47). A trace belongs to"
                        + " one workspace: write the other spans under a trace id of their own. Nothing was written.");
    }

    @Test
    void of_tracesOfSeveralWorkspaces_areRefusedOnlyWhereOneTraceHasTwo() {
        var first = span(TRACE_1, SPAN_1, null);
        var second = inOtherWorkspace(TRACE_2, SPAN_1);
        var third = inOtherWorkspace(TRACE_2, SPAN_2);

        assertThat(SpanBatch.of(List.of(first, third, second)).spans()).containsExactly(first, second, third);
        assertThatThrownBy(() -> SpanBatch.of(List.of(second, first, third, span(TRACE_2, SPAN_1, null))))
                .hasMessageContaining("Span 1111111111111111 of trace " + TRACE_2)
                .hasMessageContaining("differs from that of span 1111111111111111");
    }

    @Test
    void of_badIdAfterGoodOnes_fails() {
        assertThatThrownBy(() -> SpanBatch.of(List.of(span(TRACE_1, SPAN_1, null), span("x", SPAN_2, null))))
                .hasMessageContaining("trace id \"x\"");
        assertThatThrownBy(() -> SpanBatch.of(
                        List.of(span(TRACE_1, SPAN_1, null), TestSpans.with(AttributeKeys.WORKSPACE_ID, "acme"))))
                .hasMessageContaining("workspace_id \"acme\"");
    }

    @Test
    void sizeOf_spanWithEvents_isTheSumOfItsTextsAndEightForAllElse() {
        var event = new SpanEvent("note", START, Attributes.of("count", 1));
        var plain = SpanBatch.sizeOf(TestSpans.good());

        assertThat(plain)
                .isEqualTo("Approval Policy".length()
                        + AttributeKeys.WORKSPACE_ID.length()
                        + TestSpans.WORKSPACE.length());
        assertThat(SpanBatch.sizeOf(TestSpans.with(List.of(event, event)))).isEqualTo(plain + 2 * (8 + 4 + 5 + 8));
        assertThat(SpanBatch.sizeOf(TestSpans.with("k", "\0"))).isNegative();
    }

    private static Span inOtherWorkspace(String traceId, String spanId) {
        return new Span(
                traceId, spanId, null, "x", START, END, TestSpans.workspace(TestSpans.OTHER_WORKSPACE), List.of());
    }
}
