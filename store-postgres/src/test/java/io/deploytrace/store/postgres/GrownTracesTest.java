package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.open;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static io.deploytrace.store.postgres.TestSpans.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultProxy;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace that is written again and again as it grows. What SQL decides is what {@link Span#replaces} would. */
class GrownTracesTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private UUID workspace;
    private PostgresSpanStore store;

    @BeforeEach
    void createStore() {
        workspace = database.createWorkspace();
        store = PostgresSpanStore.builder(database.dataSource()).build();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void write_generatedGrowth_doesWhatTheStoreInMemoryDoes(long seed) {
        var memory = new InMemorySpanStore();
        memory.addWorkspace(workspace);
        var random = new Random(seed);
        var fixtures = new Fixtures(seed);
        for (var number = 0; number < 12; number++) {
            var spans = GeneratedTraces.next(fixtures, workspace);
            for (var write = 0; write < 6; write++) {
                spans = changed(spans, random);
                var given = write > 0 && random.nextInt(6) == 0 ? spans.subList(0, (spans.size() + 1) / 2) : spans;

                assertThat(store.write(given, deadline())).isEqualTo(memory.write(given, deadline()));
                assertSame(memory, spans.get(0).traceId());
            }
        }
    }

    private void assertSame(InMemorySpanStore memory, String traceId) {
        var spans = memory.trace(workspace, traceId, deadline());
        assertThat(store.trace(workspace, traceId, deadline())).isEqualTo(spans);
        var expected = memory.summary(workspace, traceId, deadline()).orElseThrow();
        var stored = store.summary(workspace, traceId, deadline()).orElseThrow();
        assertThat(stored.summary()).isEqualTo(expected.summary());
        assertThat(stored.revision()).isEqualTo(expected.revision());
    }

    private static List<Span> changed(List<Span> spans, Random random) {
        var changed = new ArrayList<Span>();
        for (var span : spans) {
            changed.add(random.nextInt(3) == 0 ? changed(span, random) : span);
        }
        return changed;
    }

    private static Span changed(Span span, Random random) {
        var events = new ArrayList<>(span.events());
        var attributes = span.attributes().toBuilder();
        var end = span.endTime();
        switch (random.nextInt(7)) {
            case 0 ->
                events.add(new SpanEvent("exception", span.startTime(), Attributes.of("exception.message", "late")));
            case 1 -> attributes.put("further " + random.nextInt(3), random.nextInt(2));
            case 2 -> attributes.put("number", random.nextBoolean() ? (Object) 1L : (Object) 1.0);
            case 3 -> end = random.nextBoolean() ? null : span.startTime().plusSeconds(random.nextInt(2));
            case 4 -> events = new ArrayList<>(events.subList(0, events.size() / 2));
            case 5 -> attributes.put("ctrlplane.job_id", "job-" + random.nextInt(2));
            default -> {
                return with(span, "step " + random.nextInt(3), end, span.attributes(), events);
            }
        }
        return with(span, span.name(), end, attributes.build(), events);
    }

    private static Span with(
            Span span, String name, @Nullable Instant end, Attributes attributes, List<SpanEvent> events) {
        return new Span(
                span.traceId(), span.spanId(), span.parentSpanId(), name, span.startTime(), end, attributes, events);
    }

    @Test
    void write_asItGrows_isOneRoundTripEach() throws Exception {
        var dataSource = database.driverDataSource();
        try (var proxy = FaultProxy.to(dataSource.getPortNumbers()[0], FaultPlan.none())) {
            dataSource.setPortNumbers(new int[] {proxy.port()});
            try (var connection = dataSource.getConnection()) {
                var held =
                        PostgresSpanStore.builder(new OneConnection(connection)).build();
                held.write(List.of(open(workspace, 1, 1, 0)), deadline());
                var before = proxy.roundTrips();

                held.write(
                        List.of(open(workspace, 1, 1, 1), trace(workspace, 1, 2).get(1)), deadline());
                assertThat(proxy.roundTrips() - before).isEqualTo(1);
                held.write(trace(workspace, 1, 16), deadline());
                assertThat(proxy.roundTrips() - before).isEqualTo(2);
            }
        }
        assertThat(store.trace(workspace, traceId(1), deadline())).isEqualTo(trace(workspace, 1, 16));
    }

    @Test
    void write_spansOfAnotherProgramButNoSummary_leavesNoEmptySummary() {
        store.write(List.of(open(workspace, 1, 1, 0)), deadline());
        database.execute("delete from deployment_trace");
        database.execute(
                "update deployment_trace_span set span_id = 'ffffffffffffffff', parent_span_id = 'eeeeeeeeeeeeeeee'");

        assertThat(store.write(trace(workspace, 1, 2), deadline())).isEqualTo(new WriteResult(2, 0, 0));

        var spans = store.trace(workspace, traceId(1), deadline());
        assertThat(spans).hasSize(3);
        assertThat(store.summary(workspace, traceId(1), deadline()).map(StoredTrace::summary))
                .contains(TraceSummary.of(spans));
    }

    @Test
    void write_growthOfManyTracesFromSeveralStores_losesNothing() throws Exception {
        var writers = new ArrayList<Callable<Void>>();
        for (var writer = 0; writer < 6; writer++) {
            var own = PostgresSpanStore.builder(database.dataSource()).build();
            var random = new Random(writer);
            writers.add(() -> {
                for (var write = 0; write < 40; write++) {
                    var size = 1 + random.nextInt(6);
                    var spans = new ArrayList<>(trace(workspace, 1 + random.nextInt(4), size));
                    spans.set(
                            size - 1,
                            open(workspace, Integer.parseInt(spans.get(0).traceId(), 16), size, write));
                    own.write(spans, deadline());
                }
                for (var number = 1; number <= 4; number++) {
                    own.write(trace(workspace, number, 6), deadline());
                }
                return null;
            });
        }
        runAll(writers);

        for (var number = 1; number <= 4; number++) {
            var spans = store.trace(workspace, traceId(number), deadline());
            assertThat(spans).isEqualTo(trace(workspace, number, 6));
            assertThat(store.summary(workspace, traceId(number), deadline()).map(StoredTrace::summary))
                    .contains(TraceSummary.of(spans));
        }
    }

    @Test
    void writeAll_oneTakenKey_writesNothingOfAnyBatch() {
        store.write(trace(database.createWorkspace(), 7, 1), deadline());
        var batches = List.of(trace(workspace, 1, 3), trace(workspace, 7, 1), trace(workspace, 9, 3));

        assertThat(catchThrowable(() -> store.writeAll(batches, deadline()))).hasMessageContaining("its ids are taken");

        assertThat(database.queryValue("select count(*) from deployment_trace_span"))
                .isEqualTo("1");
        assertThat(database.queryValue("select count(*) from deployment_trace")).isEqualTo("1");
    }

    @Test
    void writeAll_newAndGrownTraces_isOneTransaction() {
        store.write(List.of(open(workspace, 1, 1, 0)), deadline());

        store.writeAll(List.of(trace(workspace, 1, 3), trace(workspace, 2, 3), trace(workspace, 3, 3)), deadline());

        assertThat(database.queryValue("select count(distinct xmin::text) from deployment_trace_span"))
                .isEqualTo("1");
    }

    private static void runAll(List<Callable<Void>> writers) throws Exception {
        var threads = Executors.newFixedThreadPool(writers.size());
        try {
            for (var result : threads.invokeAll(writers)) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
