package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;

/** A buffer in front of a writer that does what the test says. */
abstract class BufferFixture {

    static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");

    final GatedWriter writer = new GatedWriter();
    final Fixtures fixtures = new Fixtures(getClass().getName().hashCode());
    private final java.util.List<BufferedSpanWriter> open = new java.util.ArrayList<>();

    BufferedSpanWriter buffer(java.util.function.UnaryOperator<BufferedSpanWriterBuilder> settings) {
        var builder = BufferedSpanWriter.builder(writer)
                .flushers(1)
                .backoff(Duration.ofMillis(1), Duration.ofMillis(1))
                .shutdownTimeout(Duration.ofSeconds(1));
        var buffer = settings.apply(builder).build();
        open.add(buffer);
        return buffer;
    }

    @AfterEach
    void closeBuffers() {
        open.forEach(BufferedSpanWriter::close);
        for (var buffer : open) {
            var now = buffer.metrics();
            assertThat(now.accepted() + now.recovered())
                    .as(now.toString())
                    .isEqualTo(now.stored() + now.duplicates() + now.rejectedInAll() + now.held());
        }
    }

    List<Span> single() {
        return fixtures.single(WORKSPACE);
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    static Deadline in(long milliseconds) {
        return Deadline.after(Duration.ofMillis(milliseconds));
    }

    static <T> T answer(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    static SpanStoreException failure(CompletableFuture<?> future) throws InterruptedException, TimeoutException {
        try {
            future.get(30, TimeUnit.SECONDS);
            throw new AssertionError("It should have failed.");
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(SpanStoreException.class);
            return (SpanStoreException) e.getCause();
        }
    }

    static SpanStoreException failure(Runnable call) {
        var failure = catchThrowableOfType(SpanStoreException.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    static SpanStoreException of(Reason reason) {
        return new SpanStoreException(reason, "The test's " + reason + ".");
    }

    /** The threads of buffers that were built after it. */
    static java.util.function.Supplier<List<Thread>> newThreads() {
        var before = Thread.getAllStackTraces().keySet();
        return () -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("deploytrace-buffer") && !before.contains(thread))
                .toList();
    }
}
