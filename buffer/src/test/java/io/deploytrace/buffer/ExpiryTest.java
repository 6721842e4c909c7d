package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been on the spool for too long is given up, and told; what has not is sent. */
class ExpiryTest extends BufferFixture {

    private static final Duration AGE = Duration.ofDays(7);

    private final SettableClock clock = new SettableClock(Fixtures.START);
    private final FaultyFiles files = new FaultyFiles(SpoolFiles.DISK);
    private final List<Span> rejected = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private BufferedSpanWriter buffer() {
        var listener = new BufferListener() {
            @Override
            public void rejected(List<Span> spans, SpanStoreException failure) {
                assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_PASSED);
                assertThat(failure).hasMessageContaining("on the spool since " + Fixtures.START);
                rejected.addAll(spans);
            }
        };
        return buffer(builder -> builder.spool(SpoolSettings.in(directory).withMaximumAge(AGE))
                .clock(clock)
                .spoolFiles(files)
                .groupSpans(1)
                .shutdownTimeout(Duration.ofMillis(100))
                .listener(listener));
    }

    @Test
    void storeIsAwayForTooLong_oldSpansAreRejectedAndLaterOnesStored() throws Exception {
        var buffer = buffer();
        var inFlight = single();
        var queued = single();
        var unread = List.of(single(), single(), single());
        buffer.handOver(inFlight, soon());
        var attempt = writer.next();
        buffer.handOver(queued, soon());
        unread.forEach(spans -> buffer.handOver(spans, soon()));
        clock.advance(AGE.plusSeconds(1));
        var fresh = single();
        buffer.handOver(fresh, soon());

        attempt.fail(of(Reason.UNAVAILABLE));
        Await.until(() -> buffer.metrics().rejectedInAll() > 3);
        storeAll(buffer);

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(rejected)
                .contains(queued.get(0))
                .contains(unread.get(2).get(0))
                .hasSize(5);
        assertThat(writer.stored).isEqualTo(fresh);
        assertThat(buffer.metrics().rejected()).containsOnly(java.util.Map.entry(Reason.DEADLINE_PASSED, 5L));
        assertThat(buffer.metrics().stored()).isEqualTo(1);
    }

    @Test
    void expiredWhileInFlight_isCountedByWhatTheFlightBrings() throws Exception {
        var buffer = buffer();
        var old = single();
        buffer.handOver(old, soon());
        var attempt = writer.next();
        clock.advance(AGE.plusSeconds(1));
        buffer.handOver(single(), soon());
        Await.until(() -> buffer.metrics().heldOnSpool() == 2);

        attempt.store();
        storeAll(buffer);

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(rejected).isEmpty();
        assertThat(buffer.metrics().stored()).isEqualTo(2);
    }

    @Test
    void unreadableWhenItExpires_butInMemory_isStoredAndNotLost() throws Exception {
        var buffer = buffer();
        buffer.handOver(single(), soon());
        var attempt = writer.next();
        clock.advance(AGE.plusSeconds(1));
        files.fail(FaultyFiles.Operation.READ, 1);

        attempt.fail(of(Reason.UNAVAILABLE));
        writer.next().store();

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().rejected()).isEmpty();
        assertThat(buffer.metrics().stored()).isEqualTo(1);
        assertThat(buffer.metrics().heldOnSpool()).isZero();
    }

    @Test
    void leftByAnEarlierProcess_tooOld_isNotSent() throws Exception {
        var old = single();
        try (var earlier = Spool.open(SpoolSettings.in(directory), clock, new SpoolEvents())) {
            earlier.append(List.of(old));
        }
        clock.advance(AGE.plusSeconds(1));

        var next = buffer();

        assertThat(next.flush(soon())).isTrue();
        assertThat(writer.hasNext()).isFalse();
        assertThat(rejected).isEqualTo(old);
        assertThat(next.metrics().recovered()).isEqualTo(1);
        assertThat(next.metrics().rejected()).containsEntry(Reason.DEADLINE_PASSED, 1L);
    }

    private void storeAll(BufferedSpanWriter buffer) {
        Await.until(() -> {
            writer.storeNext();
            return buffer.metrics().held() == 0;
        });
    }
}
