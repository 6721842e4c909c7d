package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.testkit.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/buffering.md. */
class BufferingExamplesTest {

    private final UUID workspace = UUID.randomUUID();
    private final InMemorySpanStore store = new InMemorySpanStore();
    private final List<Span> trace = new Fixtures(1).completeWorkflow(workspace, "api");

    @TempDir
    Path directory;

    BufferingExamplesTest() {
        store.addWorkspace(workspace);
    }

    // example: build
    static BufferedSpanWriter buffer(SpanWriter store, Path directory) {
        return BufferedSpanWriter.builder(store)
                .spool(SpoolSettings.in(directory)) // a local disk that survives a restart
                .shutdownHook(true)
                .build();
    }
    // end

    // example: calls
    static void threeWays(BufferedSpanWriter buffer, List<Span> spans) {
        var deadline = Deadline.after(Duration.ofSeconds(2));

        // Wait until they are durable: stored, or on the spool.
        var result = buffer.write(spans, deadline);
        if (result.held() > 0) {
            System.err.println("The database is away; the spool holds " + result.held() + " spans.");
        }

        // The same without waiting.
        buffer.submit(spans, deadline).exceptionally(failure -> {
            System.err.println("Not stored: " + failure.getMessage());
            return null;
        });

        // Wait only until the buffer answers for them.
        buffer.handOver(spans, deadline);
    }
    // end

    // example: listener
    /** Counts for a metrics library; the sizes are gauges that read metrics(). */
    static final class Counting implements BufferListener {

        final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

        @Override
        public void stored(int spans) {
            add("stored", spans);
        }

        @Override
        public void rejected(List<Span> spans, SpanStoreException failure) {
            add("rejected." + failure.reason(), spans.size());
        }

        @Override
        public void committed(Duration latency, int calls, int spans) {
            add("commit.microseconds", latency.toNanos() / 1_000);
        }

        private void add(String name, long amount) {
            counters.computeIfAbsent(name, key -> new LongAdder()).add(amount);
        }
    }
    // end

    @Test
    void examples_work() {
        try (var buffer = buffer(store, directory)) {
            threeWays(buffer, trace);
            assertThat(buffer.flush(Deadline.after(Duration.ofSeconds(30)))).isTrue();
        }
        assertThat(store.trace(workspace, trace.get(0).traceId(), Deadline.after(Duration.ofSeconds(1))))
                .isEqualTo(trace);
    }

    @Test
    void listener_countsWhatTheMetricsCount() {
        var counting = new Counting();
        try (var buffer = BufferedSpanWriter.builder(store).listener(counting).build()) {
            buffer.write(trace, Deadline.after(Duration.ofSeconds(30)));
            buffer.flush(Deadline.after(Duration.ofSeconds(30)));
        }
        assertThat(counting.counters.get("stored").sum()).isEqualTo(trace.size());
    }
}
