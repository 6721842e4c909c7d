package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Persists of one trace at once: a store never gets an older copy after a newer one. */
@Timeout(30)
class PersistOrderTest {

    private final SlowStore store = new SlowStore();

    @Test
    void persist_whileAnotherWrites_takesItsSnapshotAfterIt() throws Exception {
        var recorder = TestRecorder.builder().store(store).releaseId("v1").start();
        var first = CompletableFuture.runAsync(recorder::persist);
        store.entered.await();
        var thread = new Thread(recorder::persist);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        recorder.setReleaseId("v2");

        store.released.countDown();
        first.get();
        thread.join();

        assertThat(store.releases).containsExactly("v1", "v2");
    }

    @Test
    void persist_whileAnotherWritesForTooLong_saysSo() throws Exception {
        var recorder = TestRecorder.builder()
                .store(store)
                .persistTimeout(Duration.ofMillis(50))
                .start();
        var first = CompletableFuture.runAsync(recorder::persist);
        store.entered.await();

        assertThatThrownBy(recorder::persist)
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_PASSED))
                .hasMessage("This persist of trace " + recorder.traceId()
                        + " wrote nothing: another one was still writing it. Persist again.");

        store.released.countDown();
        first.get();
    }

    /** Notes the root's release, and doesn't answer before it is let go. */
    private static final class SlowStore implements SpanWriter {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final List<String> releases = new CopyOnWriteArrayList<>();

        @Override
        public WriteResult write(Collection<Span> spans, Deadline deadline) {
            releases.add(String.valueOf(spans.iterator().next().releaseId()));
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new WriteResult(spans.size(), 0, 0);
        }
    }
}
