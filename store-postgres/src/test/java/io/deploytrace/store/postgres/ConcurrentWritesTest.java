package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.open;
import static io.deploytrace.store.postgres.TestSpans.span;
import static io.deploytrace.store.postgres.TestSpans.stored;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.WriteResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class ConcurrentWritesTest {

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
    void write_16ThreadsTheSameTrace_isWrittenOnce() throws Exception {
        var spans = trace(workspace, 1, 20);

        var results = atOnce(Collections.nCopies(16, () -> store.write(spans, deadline())));

        assertThat(results.stream().mapToInt(WriteResult::inserted).sum()).isEqualTo(20);
        assertThat(results.stream().mapToInt(WriteResult::unchanged).sum()).isEqualTo(15 * 20);
        assertThat(stored(database.dataSource())).containsExactlyElementsOf(spans);
        assertSummariesAreTrue();
        assertThat(database.queryValue("select revision from deployment_trace")).isEqualTo("1");
    }

    @Test
    void write_overlappingBatchesInOppositeOrder_doNotWaitForEachOther() throws Exception {
        for (var round = 0; round < 20; round++) {
            var spans = new ArrayList<Span>();
            for (var trace = 1; trace <= 20; trace++) {
                spans.addAll(trace(workspace, round * 100 + trace, 3));
            }
            var backwards = new ArrayList<>(spans);
            Collections.reverse(backwards);

            var results = atOnce(List.of(
                    () -> store.write(spans, deadline()),
                    () -> store.write(backwards.subList(0, 45), deadline()),
                    () -> store.write(backwards, deadline())));
            assertThat(results.stream().mapToInt(WriteResult::inserted).sum()).isEqualTo(60);
        }
        assertThat(database.queryValue("select deadlocks from pg_stat_database where datname = current_database()"))
                .isEqualTo("0");
        assertSummariesAreTrue();
    }

    @Test
    void write_8ThreadsPartsOfOneTrace_areSummarisedTogether() throws Exception {
        var writers = new ArrayList<Callable<WriteResult>>();
        for (var thread = 0; thread < 8; thread++) {
            var first = thread * 10;
            writers.add(() -> {
                for (var number = first + 1; number <= first + 10; number++) {
                    store.write(List.of(open(workspace, 1, number, 0)), deadline());
                    store.write(List.of(span(workspace, 1, number)), deadline());
                }
                return WriteResult.NOTHING;
            });
        }
        atOnce(writers);

        assertThat(stored(database.dataSource())).containsExactlyElementsOf(trace(workspace, 1, 80));
        assertSummariesAreTrue();
        assertThat(database.queryValue("select revision from deployment_trace")).isEqualTo("160");
    }

    @Test
    void write_serializableByDefault_isTriedAnew() throws Exception {
        database.execute(
                "do $$ begin execute format('alter database %I set default_transaction_isolation = serializable',"
                        + " current_database()); end $$");

        writePartsAtOnce();
        assertSummariesAreTrue();
    }

    private void writePartsAtOnce() throws Exception {
        atOnce(List.of(
                () -> store.write(List.of(open(workspace, 1, 2, 0)), deadline()),
                () -> store.write(List.of(open(workspace, 1, 3, 0)), deadline()),
                () -> store.write(List.of(open(workspace, 1, 4, 0)), deadline())));
    }

    private void assertSummariesAreTrue() {
        var spans = stored(database.dataSource()).stream().collect(Collectors.groupingBy(Span::traceId));
        var summaries = store.traces(workspace, TraceFilter.ALL, PageRequest.first(1_000), deadline());
        assertThat(summaries.items())
                .extracting(StoredTrace::summary)
                .containsExactlyInAnyOrderElementsOf(
                        spans.values().stream().map(TraceSummary::of).toList());
    }

    /** Runs all at once; fails if one fails. */
    private static List<WriteResult> atOnce(List<Callable<WriteResult>> work) throws Exception {
        var barrier = new CyclicBarrier(work.size());
        var executor = Executors.newFixedThreadPool(work.size());
        try {
            var results = new ArrayList<WriteResult>();
            var started = new ArrayList<Future<WriteResult>>();
            for (var one : work) {
                started.add(executor.submit(() -> {
                    barrier.await();
                    return one.call();
                }));
            }
            for (var one : started) {
                results.add(one.get());
            }
            return results;
        } finally {
            executor.shutdown();
        }
    }
}
