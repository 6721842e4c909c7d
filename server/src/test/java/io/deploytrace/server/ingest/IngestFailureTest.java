package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.controller;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.spanId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A store that fails costs nothing: the request fails as a whole and can be repeated. Nothing is acknowledged before it is stored. */
class IngestFailureTest {

    @Test
    void storeThatIsAway_failsTheRequestAndRepeatingItIsSafe() {
        try (var ingest = IngestFixture.before(store -> (spans, deadline) -> {
            if (spans.stream()
                    .anyMatch(span ->
                            span.traceId().equals(Requests.TRACE) && span.name().equals("stuck"))) {
                throw new SpanStoreException(Reason.OTHER, "The disk is full.");
            }
            return store.write(spans, deadline);
        })) {
            var stuck = request(
                    span(Requests.PARENT_TRACE, spanId(1)),
                    span(Requests.TRACE, spanId(2)).setName("stuck"),
                    span(Requests.TRACE, spanId(3)).setStartTimeUnixNano(0));

            assertThatThrownBy(() -> ingest.send(controller(), stuck))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(SpanStoreException.class)
                    .hasMessageContaining("The disk is full.");
            assertThat(ingest.trace(Requests.PARENT_TRACE)).hasSize(1);

            var again = ingest.send(
                    controller(), request(span(Requests.PARENT_TRACE, spanId(1)), span(Requests.TRACE, spanId(2))));
            assertThat(again.result()).isEqualTo(new WriteResult(1, 0, 1));
            assertThat(ingest.told).containsExactly("received 3", "failed 3", "received 2", "stored 1", "duplicates 1");
        }
    }

    @Test
    void deadlineThatPassed_isRetryable() {
        try (var writer =
                BufferedSpanWriter.builder(new Slow(new CountDownLatch(0))).build()) {
            var ingest = SpanIngest.builder(writer).build();

            assertThatThrownBy(() -> ingest.accept(request(span()), controller(), Deadline.after(Duration.ZERO))
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(
                            SpanStoreException.class,
                            failure -> assertThat(failure.isRetryable()).isTrue());
        }
    }

    @Test
    void answer_comesNotBeforeTheStoreHasCommitted() throws Exception {
        var committed = new CountDownLatch(1);
        var slow = new Slow(committed);
        try (var writer = BufferedSpanWriter.builder(slow).build()) {
            var ingest = SpanIngest.builder(writer).build();
            var answer = ingest.accept(request(span()), controller(), IngestFixture.DEADLINE);
            slow.asked.await();
            assertThat(answer).isNotDone();

            committed.countDown();

            assertThat(answer.join().result()).isEqualTo(new WriteResult(1, 0, 0));
        }
    }

    @Test
    void listenerThatThrows_changesNothing() {
        var failing = new IngestListener() {
            @Override
            public void stored(int spans) {
                throw new IllegalStateException("no metrics today");
            }
        };
        try (var writer =
                BufferedSpanWriter.builder(new Slow(new CountDownLatch(0))).build()) {
            var ingest = SpanIngest.builder(writer).listener(failing).build();

            var answer = ingest.accept(request(span()), controller(), IngestFixture.DEADLINE);

            assertThat(answer.join().result().inserted()).isEqualTo(1);
        }
    }

    /** A store that has nothing and waits before it answers. */
    private static final class Slow implements SpanWriter {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch committed;

        Slow(CountDownLatch committed) {
            this.committed = committed;
        }

        @Override
        public WriteResult write(Collection<Span> spans, Deadline deadline) {
            asked.countDown();
            try {
                committed.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new WriteResult(spans.size(), 0, 0);
        }
    }
}
