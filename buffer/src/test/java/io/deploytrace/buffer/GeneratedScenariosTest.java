package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a store does, what was acknowledged is stored once, in order, and the counts add up at every moment. */
class GeneratedScenariosTest {

    /** -Dscenario.seed=N runs one seed; -Dscenarios=N the first N. */
    static java.util.stream.LongStream seeds() {
        var one = Long.getLong("scenario.seed");
        return one != null
                ? java.util.stream.LongStream.of(one)
                : java.util.stream.LongStream.rangeClosed(1, Long.getLong("scenarios", 6L));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void buffer_withSpool_storesWhatItAcknowledged(long seed, @TempDir Path directory) throws Exception {
        run(seed, SpoolSettings.in(directory));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void buffer_withoutSpool_storesWhatItAcknowledged(long seed) throws Exception {
        run(seed, null);
    }

    private static void run(long seed, @org.jspecify.annotations.Nullable SpoolSettings spool) throws Exception {
        var scenario = new Scenario(seed);
        var writer = new UnreliableWriter(scenario.store, seed, new Random(seed).nextInt(70));
        var buffer = builder(seed, writer, spool).build();
        var reader = new MetricsReader(buffer);
        try (buffer) {
            reader.start();
            scenario.run(buffer);
            writer.becomeReliable();
            assertThat(buffer.flush(Deadline.after(Duration.ofSeconds(30))))
                    .as("flushed; " + buffer.metrics())
                    .isTrue();
            assertThat(buffer.metrics().held()).isZero();
        } finally {
            reader.end();
        }
        scenario.assertStoresWhatWasAcknowledged();
        assertThat(writer.violations()).isEmpty();
        assertThat(buffer.metrics().queueBytes()).isZero();
    }

    private static BufferedSpanWriterBuilder builder(
            long seed, UnreliableWriter writer, @org.jspecify.annotations.Nullable SpoolSettings spool) {
        var random = new Random(seed);
        var builder = BufferedSpanWriter.builder(writer)
                .flushers(1 + random.nextInt(3))
                .groupSpans(1 + random.nextInt(60))
                .queueBytes(32_000L << random.nextInt(8))
                .attemptTimeout(Duration.ofMillis(20 + random.nextInt(60)))
                .backoff(Duration.ofMillis(1), Duration.ofMillis(1 + random.nextInt(20)))
                .circuitThreshold(1 + random.nextInt(4));
        return spool == null ? builder : builder.spool(spool);
    }

    /** Looks at the metrics all the while. */
    private static final class MetricsReader {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final ArrayList<String> wrong = new ArrayList<>();
        private final Thread thread;

        MetricsReader(BufferedSpanWriter buffer) {
            thread = new Thread(() -> {
                while (!ended.get()) {
                    look(buffer.metrics());
                }
            });
        }

        private void look(BufferMetrics now) {
            var sum = now.stored() + now.duplicates() + now.rejectedInAll() + now.held();
            if (now.accepted() + now.recovered() != sum || now.heldInMemory() < 0 || now.heldOnSpool() < 0) {
                wrong.add(now.toString());
            }
        }

        void start() {
            thread.start();
        }

        void end() throws InterruptedException {
            ended.set(true);
            thread.join();
            assertThat(wrong).isEmpty();
        }
    }
}
