package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a buffer must bear from its writer, its settings, and the order in which it is closed. */
class HardeningTest extends BufferFixture {

    @TempDir
    Path directory;

    @Test
    void write_resultsInAListThatRefusesNullEvenAsAQuestion_areTaken() throws Exception {
        var buffer = buffer(builder -> builder);
        var call = buffer.submit(single(), soon());

        writer.next().end(batches -> List.copyOf(GatedWriter.stored(batches)));

        assertThat(answer(call).inserted()).isEqualTo(1);
    }

    @Test
    void maximumAge_longerThanAnyTime_neverExpires() throws Exception {
        var forever = SpoolSettings.in(directory).withMaximumAge(ChronoUnit.FOREVER.getDuration());
        var buffer = buffer(builder -> builder.spool(forever));

        buffer.handOver(single(), soon());
        writer.next().store();

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().stored()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT24H0.001S", "PT876000000H"})
    void backoff_longerThanADay_isRefusedNamingTheLimit(Duration maximum) {
        assertThatThrownBy(() -> buffer(builder -> builder.backoff(Duration.ofMillis(1), maximum)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maximum must be at most PT24H, but is " + maximum);
    }

    @Test
    void backoff_longestAllowed_isWaited() throws Exception {
        var day = BufferedSpanWriterBuilder.LONGEST_BACKOFF;
        var buffer = buffer(builder -> builder.backoff(day, day));
        var call = buffer.submit(single(), in(200));

        writer.next().fail(of(SpanStoreException.Reason.UNAVAILABLE));

        assertThat(failure(call).reason()).isEqualTo(SpanStoreException.Reason.DEADLINE_PASSED);
        assertThat(buffer.metrics().retried()).isEqualTo(1);
        assertThat(writer.hasNext()).isFalse();
    }

    @Test
    void remove_afterTheSpoolWasClosed_leavesTheFilesToTheNext() throws Exception {
        var settings = SpoolSettings.in(directory);
        var clock = new SettableClock(Fixtures.START);
        var closed = Spool.open(settings, clock, new SpoolEvents());
        var numbers = closed.append(List.of(SpoolCalls.call(0, 2)));
        closed.close();

        try (var next = Spool.open(settings, clock, new SpoolEvents())) {
            closed.remove(numbers);

            assertThat(SpoolCalls.held(next)).containsExactly(0);
        }
        try (var files = Files.list(directory)) {
            assertThat(files.filter(Segment::isSegment)).hasSize(1);
        }
    }

    @Test
    void timer_afterTheLastWasStopped_isNotNeededAndRefusesNothing() {
        var timers = new CallTimers();
        timers.stop();
        var call = Call.of(Call.Kind.WAITED, io.deploytrace.store.SpanBatch.of(single()));

        assertThatCode(() -> timers.after(1, call, () -> {})).doesNotThrowAnyException();
    }

    @Test
    void block_withASpool_waitsNoLongerThanTheBound() throws Exception {
        var size = SpanBytes.of(single());
        var buffer = buffer(builder -> builder.queueBytes(Math.max(1_024, size))
                .whenFull(WhenFull.block(Duration.ofMillis(20)))
                .spool(SpoolSettings.in(directory)));
        var waiting = new ArrayList<CompletableFuture<WriteResult>>();
        while (buffer.metrics().queueBytes() + size <= Math.max(1_024, size)) {
            waiting.add(buffer.submit(single(), soon()));
        }
        var deadline = soon();

        assertThat(failure(() -> buffer.write(single(), deadline))).hasMessageContaining("full");

        assertThat(deadline.hasPassed()).isFalse();
        assertThat(waiting).isNotEmpty();
        writer.next().store();
    }

    @Test
    void record_thatCannotBeRead_isToldAsLost() throws Exception {
        var settings = SpoolSettings.in(directory);
        try (var earlier = Spool.open(settings, new SettableClock(Fixtures.START), new SpoolEvents())) {
            earlier.append(List.of(SpoolCalls.call(0, 2)));
        }
        var files = new FaultyFiles(SpoolFiles.DISK);
        var lost = new CompletableFuture<Integer>();
        var listener = new BufferListener() {
            @Override
            public void recovered(int spans) {
                files.fail(FaultyFiles.Operation.READ, 1);
            }

            @Override
            public void lost(int spans, SpanStoreException failure) {
                lost.complete(spans);
            }
        };

        buffer(builder -> builder.spool(settings).spoolFiles(files).listener(listener));

        assertThat(answer(lost)).isEqualTo(2);
    }
}
