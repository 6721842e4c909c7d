package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The store is away, the spool is full, and the callers go on: who can't be taken on is told so, and what was acknowledged isn't lost. */
class SpoolFullTest {

    private static final long MAXIMUM = 64L << 10;
    private static final int CALLERS = 6;
    private static final int CALLS = 60;
    private static final Duration TIME = Duration.ofMillis(300);

    /** What a busy machine may add to a deadline. */
    private static final Duration NOISE = Duration.ofSeconds(3);

    private final UUID workspace = UUID.randomUUID();
    private final Store store = new Store();
    private final Queue<Span> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final AtomicInteger told = new AtomicInteger();

    @TempDir
    Path directory;

    /** Is away until it is told otherwise. */
    private final class Store implements SpanWriter {

        private final InMemorySpanStore spans = new InMemorySpanStore();
        private volatile boolean away = true;

        Store() {
            spans.addWorkspace(workspace);
        }

        @Override
        public WriteResult write(Collection<Span> call, Deadline deadline) {
            if (away) {
                throw new SpanStoreException(Reason.UNAVAILABLE, "The test's store is away.");
            }
            return spans.write(call, deadline);
        }
    }

    static Stream<WhenFull> choices() {
        return Stream.of(WhenFull.spill(), WhenFull.block(Duration.ofMillis(5)), WhenFull.refuse());
    }

    @ParameterizedTest
    @MethodSource("choices")
    void spoolFull_callersGoOn_refusesWithinTheirTimeAndKeepsWhatItAcknowledged(WhenFull choice) throws Exception {
        try (var buffer = buffer(choice)) {
            callFromAllSides(buffer);
            assertThat(wrong).isEmpty();
            assertThat(refusals).anyMatch(message -> message.contains("of at most " + MAXIMUM + " bytes"));

            store.away = false;

            assertThat(buffer.flush(Deadline.after(Duration.ofMinutes(1)))).isTrue();
            assertThat(buffer.metrics().held()).isZero();
            assertThat(told).hasValue((int) buffer.metrics().rejectedInAll());
            for (var span : acknowledged) {
                assertThat(store.spans.trace(workspace, span.traceId(), soon())).containsExactly(span);
            }
            assertThat(buffer.write(new Fixtures(-1).single(workspace), soon()).inserted())
                    .isEqualTo(1);
        }
    }

    private BufferedSpanWriter buffer(WhenFull choice) {
        var listener = new BufferListener() {
            @Override
            public void rejected(List<Span> spans, SpanStoreException failure) {
                told.addAndGet(spans.size());
            }
        };
        return BufferedSpanWriter.builder(store)
                .spool(SpoolSettings.in(directory).withMaximumBytes(MAXIMUM))
                .queueBytes(16 << 10)
                .whenFull(choice)
                .backoff(Duration.ofMillis(1), Duration.ofMillis(20))
                .listener(listener)
                .build();
    }

    private void callFromAllSides(BufferedSpanWriter buffer) throws Exception {
        var callers = new ArrayList<Callable<Void>>();
        for (var seed = 0; seed < CALLERS; seed++) {
            var random = new Random(seed);
            var fixtures = new Fixtures(seed);
            callers.add(() -> call(buffer, random, fixtures));
        }
        var threads = Executors.newFixedThreadPool(CALLERS);
        try {
            for (var caller : threads.invokeAll(callers)) {
                caller.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void call(BufferedSpanWriter buffer, Random random, Fixtures fixtures) {
        for (var i = 0; i < CALLS; i++) {
            var spans = fixtures.single(workspace);
            var start = System.nanoTime();
            try {
                make(random.nextInt(3), buffer, spans);
                acknowledged.addAll(spans);
            } catch (SpanStoreException refused) {
                refusals.add(String.valueOf(refused.getMessage()));
                check(refused.isRetryable(), "refused with " + refused);
            }
            check(System.nanoTime() - start < TIME.plus(NOISE).toNanos(), "a call took too long");
            check(buffer.metrics());
        }
        return null;
    }

    private static void make(int way, BufferedSpanWriter buffer, List<Span> spans) {
        var deadline = Deadline.after(TIME);
        switch (way) {
            case 0 -> buffer.write(spans, deadline);
            case 1 -> buffer.handOver(spans, deadline);
            default -> result(buffer.submit(spans, deadline));
        }
    }

    private static void result(CompletableFuture<WriteResult> future) {
        try {
            future.join();
        } catch (CompletionException failure) {
            throw (SpanStoreException) failure.getCause();
        }
    }

    private void check(BufferMetrics now) {
        var out = now.stored() + now.duplicates() + now.rejectedInAll() + now.held();
        check(now.accepted() + now.recovered() == out, "the counts don't add up: " + now);
        check(now.spoolBytes() <= MAXIMUM, "the spool is larger than allowed: " + now);
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            wrong.add(what);
        }
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}
