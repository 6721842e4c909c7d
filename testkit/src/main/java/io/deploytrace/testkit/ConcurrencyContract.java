package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.WriteResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Writers at the same time neither deadlock nor lose anything. */
public abstract class ConcurrencyContract extends StoreContract {

    private static final int WRITERS = 4;

    @Test
    void write_overlappingBatchesInOppositeOrder_storesEachSpanOnce() throws Exception {
        var traces = new ArrayList<List<Span>>();
        for (var i = 0; i < 20; i++) {
            traces.add(fixtures.workload(workspace, "api-" + i));
        }
        var forward = new ArrayList<>(traces.stream().flatMap(List::stream).toList());
        var backward = new ArrayList<>(forward);
        Collections.reverse(backward);

        var results = atOnce(writer -> write(writer % 2 == 0 ? forward : backward));

        assertThat(results.stream().mapToInt(WriteResult::inserted).sum()).isEqualTo(forward.size());
        assertThat(results.stream().mapToInt(WriteResult::unchanged).sum()).isEqualTo(forward.size() * (WRITERS - 1));
        traces.forEach(this::assertHolds);
    }

    @Test
    void write_partsOfOneTraceAtOnce_summarisesTheWhole() throws Exception {
        for (var round = 0; round < 10; round++) {
            var trace = fixtures.workload(workspace, "api");

            var results = atOnce(writer -> write(trace.subList(writer * 4, writer * 4 + 4)));

            assertThat(results).containsOnly(new WriteResult(4, 0, 0));
            assertHolds(trace);
        }
    }

    @Test
    void write_openAndEndedCopiesAtOnce_keepsTheEnded() throws Exception {
        for (var round = 0; round < 10; round++) {
            var trace = fixtures.workload(workspace, "api");
            var open = trace.stream().map(span -> ended(span, null)).toList();

            atOnce(writer -> write(writer == 0 ? trace : open));

            assertHolds(trace);
        }
    }

    private interface Write {
        WriteResult by(int writer);
    }

    /** Runs all writers from the same moment on. */
    private static List<WriteResult> atOnce(Write write) throws Exception {
        var start = new CyclicBarrier(WRITERS);
        var writers = new ArrayList<Callable<WriteResult>>();
        for (var i = 0; i < WRITERS; i++) {
            var writer = i;
            writers.add(() -> {
                start.await();
                return write.by(writer);
            });
        }
        var threads = Executors.newFixedThreadPool(WRITERS);
        try {
            var results = new ArrayList<WriteResult>();
            for (var result : threads.invokeAll(writers)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
