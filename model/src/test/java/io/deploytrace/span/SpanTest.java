package io.deploytrace.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static Span span(Instant start, Instant end, int attributes, int events) {
        var all = Attributes.builder();
        for (var i = 0; i < attributes; i++) {
            all.put("k" + i, i);
        }
        var event = new SpanEvent("e", START, Attributes.empty());
        return new Span("t", "s", null, "n", start, end, all.build(), Collections.nCopies(events, event));
    }

    private static Span open(int attributes, int events) {
        return span(START, null, attributes, events);
    }

    private static Span ended(int attributes) {
        return span(START, START, attributes, 0);
    }

    @Test
    void times_areFlooredToMicroseconds_alsoBefore1970() {
        var span = span(
                Instant.parse("1969-12-31T23:59:59.123456999Z"), Instant.parse("2026-03-01T10:00:00.123456999Z"), 0, 0);

        assertThat(span.startTime()).isEqualTo(Instant.parse("1969-12-31T23:59:59.123456Z"));
        assertThat(span.endTime()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123456Z"));
    }

    @Test
    void events_areCopied() {
        var events = new ArrayList<>(List.of(new SpanEvent("e", START, Attributes.empty())));
        var span = new Span("t", "s", null, "n", START, null, Attributes.empty(), events);
        events.clear();

        assertThat(span.events()).hasSize(1);
        assertThatThrownBy(() -> span.events().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void accessors_readTheAttributes_andNothingOfAnotherType() {
        var attributes = Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, "w")
                .put(AttributeKeys.RELEASE_TARGET_KEY, "target")
                .put(AttributeKeys.RELEASE_ID, "release")
                .put(AttributeKeys.JOB_ID, "job")
                .put(AttributeKeys.PARENT_TRACE_ID, "parent")
                .put(AttributeKeys.PHASE, "planning")
                .put(AttributeKeys.NODE_TYPE, "check")
                .put(AttributeKeys.STATUS, 7)
                .put(AttributeKeys.DEPTH, 2)
                .put(AttributeKeys.SEQUENCE, "five")
                .build();
        var span = new Span("t", "s", null, "n", START, null, attributes, List.of());

        assertThat(span.workspaceId()).isEqualTo("w");
        assertThat(span.releaseTargetKey()).isEqualTo("target");
        assertThat(span.releaseId()).isEqualTo("release");
        assertThat(span.jobId()).isEqualTo("job");
        assertThat(span.parentTraceId()).isEqualTo("parent");
        assertThat(span.phase()).isEqualTo("planning");
        assertThat(span.nodeType()).isEqualTo("check");
        assertThat(span.status()).isNull();
        assertThat(span.depth()).isEqualTo(2);
        assertThat(span.sequence()).isNull();
    }

    @Test
    void replaces_endedAndOpenCopies_endedWinsForGood() {
        assertThat(ended(0).replaces(open(9, 9))).isTrue();
        assertThat(open(9, 9).replaces(ended(0))).isFalse();
        assertThat(ended(9).replaces(ended(0))).isFalse();
    }

    @Test
    void replaces_openCopies_theOneThatGrewFurtherWins() {
        assertThat(open(0, 2).replaces(open(5, 1))).isTrue();
        assertThat(open(5, 1).replaces(open(0, 2))).isFalse();
        assertThat(open(2, 1).replaces(open(1, 1))).isTrue();
        assertThat(open(1, 1).replaces(open(2, 1))).isFalse();
        assertThat(open(1, 1).replaces(open(1, 1))).isFalse();
        assertThat(span(START.plusSeconds(1), null, 1, 1).replaces(open(1, 1))).isTrue();
    }

    @Test
    void inSequence_ordersBySequenceThenStartThenId() {
        var first = sequenced("b", -1, START.plusSeconds(9));
        var second = sequenced("a", 0, START.plusSeconds(5));
        var third = sequenced("d", null, START);
        var fourth = sequenced("c", null, START.plusSeconds(1));
        var fifth = sequenced("e", null, START.plusSeconds(1));
        var spans = new ArrayList<>(List.of(fifth, third, second, fourth, first));

        spans.sort(Span.IN_SEQUENCE);

        assertThat(spans).containsExactly(first, second, third, fourth, fifth);
    }

    private static Span sequenced(String spanId, Integer sequence, Instant start) {
        var attributes =
                Attributes.builder().put(AttributeKeys.SEQUENCE, sequence).build();
        return new Span("t", spanId, null, "n", start, null, attributes, List.of());
    }
}
