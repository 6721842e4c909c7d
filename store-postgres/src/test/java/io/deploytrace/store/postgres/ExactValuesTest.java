package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.START;
import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.root;
import static io.deploytrace.store.postgres.TestSpans.span;
import static io.deploytrace.store.postgres.TestSpans.stored;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static io.deploytrace.store.postgres.TestSpans.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.WriteResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read equals what was written. */
class ExactValuesTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private UUID workspace;
    private PostgresSpanStore store;

    @BeforeEach
    void createStore() {
        workspace = database.createWorkspace();
        store = PostgresSpanStore.builder(database.dataSource()).build();
    }

    @Test
    void attributes_numbers_keepTypeAndValue() {
        assertKept(with(
                root(workspace, 1),
                Attributes.builder()
                        .put("largest", Long.MAX_VALUE)
                        .put("smallest", Long.MIN_VALUE)
                        .put("whole double", 1.0E10)
                        .put("huge", Double.MAX_VALUE)
                        .put("tiny", Double.MIN_VALUE)
                        .put("zero", 0.0)
                        .put("negative zero", -0.0)
                        .put("beyond long", (double) Long.MAX_VALUE)
                        .put("tenth", 0.1)
                        .build()));
        assertThat(database.queryValue("select attributes ->> 'largest' from deployment_trace_span"))
                .isEqualTo("9223372036854775807");
    }

    @Test
    void attributes_notANumberAndInfinities_areStrings() {
        assertKept(with(
                root(workspace, 1),
                Attributes.of("values", List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))));
        assertThat(database.queryValue("select attributes ->> 'values' from deployment_trace_span"))
                .isEqualTo("[\"NaN\", \"Infinity\", \"-Infinity\"]");
    }

    @Test
    void attributes_doublesOfAnyBits_areExact() {
        var random = new Random(20261122);
        var numbers = random.longs(2_000).mapToObj(Double::longBitsToDouble).toList();

        assertKept(with(root(workspace, 1), Attributes.of("numbers", numbers)));
    }

    @Test
    void attributes_listsAndMaps_stayThemselves() {
        assertKept(with(
                root(workspace, 1),
                Attributes.builder()
                        .put("empty", List.of())
                        .put("empty map", Map.of())
                        .put("empty text", "")
                        .put(
                                "mixed",
                                Arrays.asList("one", 2, 3.0, true, null, List.of(List.of()), Map.of("key", "value")))
                        .put(
                                "clothed",
                                "quote \" backslash \\ brace } comma , newline \n tab \t bell \u0007 emoji 😀 ünïcødé")
                        .put("looks like null", "NULL")
                        .put("", "no key at all")
                        .build()));
    }

    @Test
    void columns_oddTexts_areKept() {
        assertKept(with(
                root(workspace, 1),
                Attributes.builder()
                        .put("ctrlplane.release_target_key", "{\"a,b\"} \\ NULL")
                        .put("ctrlplane.job_id", "NULL")
                        .put("ctrlplane.release_id", "")
                        .put("ctrlplane.phase", "a phase of our own")
                        .put("ctrlplane.status", "😀".repeat(256))
                        .build()));
    }

    @Test
    void attributes_5000_areKept() {
        var attributes = Attributes.builder();
        for (var i = 0; i < 5_000; i++) {
            attributes.put("key " + i, i);
        }
        assertKept(with(root(workspace, 1), attributes.build()));
    }

    @Test
    void attribute_largestText_isKept() {
        assertKept(with(root(workspace, 1), Attributes.of("log", "ä".repeat(1_048_576))));
    }

    @Test
    void trace_10000Spans_isOneTrace() {
        var spans = trace(workspace, 1, 10_000);

        assertThat(store.write(spans, deadline())).isEqualTo(new WriteResult(10_000, 0, 0));
        assertThat(stored(database.dataSource())).containsExactlyElementsOf(spans);
        assertThat(store.write(List.of(span(workspace, 1, 10_001)), deadline())).isEqualTo(new WriteResult(1, 0, 0));
        assertThat(database.queryValue("select span_count from deployment_trace"))
                .isEqualTo("10001");
    }

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000001Z",
        "1582-10-04T12:00:00.000001Z, 1582-10-15T12:00:00Z",
        "1969-12-31T23:59:59.999999Z, 1970-01-01T00:00:00Z",
        "1901-12-13T20:45:51.123456Z, 1986-01-01T00:00:00Z",
        "2262-04-11T23:47:16.854775Z, 2262-04-11T23:47:16.854776Z",
        "2300-01-01T00:00:00.654321Z, 9999-12-31T23:59:59.999999Z"
    })
    void times_farAway_areExact(Instant start, Instant end) {
        var span = root(workspace, 1);
        assertKept(new Span(
                span.traceId(),
                span.spanId(),
                null,
                "name",
                start,
                end,
                span.attributes(),
                List.of(new SpanEvent("event", start.plusNanos(1), Attributes.empty()))));
    }

    @Test
    void times_ofFinerResolution_areFloored() {
        var span = root(workspace, 1);
        var before = Instant.parse("1969-12-31T23:59:59.999999999Z");
        assertKept(new Span(span.traceId(), span.spanId(), null, "n", before, null, span.attributes(), List.of()));

        assertThat(database.queryValue("select start_time = '1969-12-31T23:59:59.999999Z' from deployment_trace_span"))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"text\"", "7", "{\"a\": null}"})
    void attributes_ofAnotherProgramThatAreNone_areReadAsNone(String json) {
        database.execute(
                "insert into deployment_trace_span (trace_id, span_id, name, start_time, workspace_id, attributes,"
                        + " events) values ('t', 's', 'n', '" + START + "', '" + workspace + "', '" + json + "', '"
                        + json + "')");

        assertThat(stored(database.dataSource()))
                .containsExactly(new Span(
                        "t",
                        "s",
                        null,
                        "n",
                        START,
                        null,
                        Attributes.of("ctrlplane.workspace_id", workspace.toString()),
                        List.of()));
    }

    @Test
    void events_ofAnotherProgram_areReadAsFarAsTheyGo() {
        database.execute(
                "insert into deployment_trace_span (trace_id, span_id, name, start_time, end_time, workspace_id,"
                        + " events) values ('t', 's', 'n', '" + START + "', 'infinity', '" + workspace
                        + "', '[{}, {\"name\": \"e\","
                        + " \"timestamp\": \"no time\", \"attributes\": {\"big\": 1e400, \"a\": 10000000000000000000}}]')");

        var span = stored(database.dataSource()).get(0);
        assertThat(span.events())
                .containsExactly(
                        new SpanEvent("", START, Attributes.empty()),
                        new SpanEvent("e", START, Attributes.copyOf(Map.of("big", "Infinity", "a", 1.0E19))));
        assertThat(span.isOpen()).isFalse();
    }

    private void assertKept(Span span) {
        var spans = new ArrayList<Span>();
        spans.add(span);
        store.write(spans, deadline());
        assertThat(stored(database.dataSource())).containsExactly(span);
    }
}
