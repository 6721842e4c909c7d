package io.deploytrace.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private static final String TRACE = "0192aaaaaaaa7000800000000000beef";

    private static Span span(String spanId) {
        var start = Instant.parse("2026-11-22T10:00:00Z");
        var attributes = Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, "0193a4c0-0000-7000-8000-000000000001")
                .build();
        return new Span(TRACE, spanId, null, "span", start, start, attributes, List.of());
    }

    @Test
    void keys_ofIdsThatOtherProgramsWrote_areThoseThatAreStored() {
        var ids = List.of("0123456789abcdef", "FEDCBA9876543210", "ffffffffffffffff", "7", "", "no id é");

        var layout = new Layout(ids.stream().map(LayoutTest::span).toList());

        assertThat(layout.keys(0, layout.size()))
                .containsExactlyInAnyOrderElementsOf(
                        ids.stream().map(id -> new SpanKey(TRACE, id)).toList());
    }
}
