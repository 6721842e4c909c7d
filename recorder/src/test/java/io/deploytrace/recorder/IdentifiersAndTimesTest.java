package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.Status;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trace ids, span ids, and times that never run backwards. */
class IdentifiersAndTimesTest {

    @Test
    void traceId_beginsWithTheMillisecondsOfTheClock() {
        var time = Instant.parse("2024-01-15T10:30:00.123456789Z");

        var traceId = startAt(time).traceId();

        assertThat(Long.parseLong(traceId.substring(0, 12), 16)).isEqualTo(time.toEpochMilli());
        assertThat(TraceId.isValid(traceId)).isTrue();
    }

    @Test
    void traceIds_orderByTime() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            ids.add(startAt(TestClock.START.plusMillis(i)).traceId());
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void traceIds_ofOneMillisecond_differIn80RandomBits() {
        var set = new BitSet();
        var clear = new BitSet();
        for (int i = 0; i < 200; i++) {
            var id = startAt(TestClock.START).traceId();
            for (int bit = 48; bit < 128; bit++) {
                var digit = Character.digit(id.charAt(bit / 4), 16);
                ((digit >> (3 - bit % 4) & 1) == 1 ? set : clear).set(bit);
            }
        }

        assertThat(set.cardinality()).isEqualTo(80);
        assertThat(clear.cardinality()).isEqualTo(80);
    }

    @Test
    void spanIds_areValidUniqueAndRandomInEveryBit() {
        var identifiers = new TraceIdentifiers(0);
        var ids = new HashSet<String>();
        long set = 0;
        long clear = 0;
        for (int i = 0; i < 100_000; i++) {
            var id = identifiers.nextSpanId();
            assertThat(SpanId.isValid(id)).isTrue();
            ids.add(id);
            set |= Long.parseUnsignedLong(id, 16);
            clear |= ~Long.parseUnsignedLong(id, 16);
        }

        assertThat(ids).hasSize(100_000);
        assertThat(set & clear).isEqualTo(-1L);
    }

    @Test
    void times_areTheClocks() {
        var recorder = TestRecorder.start();
        recorder.startPlanning().addMetadata("key", 1).end();

        var planning = recorder.spans().get(1);
        assertThat(recorder.spans().get(0).startTime()).isEqualTo(TestClock.START.plusSeconds(1));
        assertThat(planning.startTime()).isEqualTo(TestClock.START.plusSeconds(2));
        assertThat(planning.events().get(0).time()).isEqualTo(TestClock.START.plusSeconds(3));
        assertThat(planning.endTime()).isEqualTo(TestClock.START.plusSeconds(4));
    }

    @Test
    void times_ofAClockThatIsSetBack_dontRunBackwards() {
        var clock = TestClock.standingAt(TestClock.START);
        var recorder = TestRecorder.builder().clock(clock).start();
        clock.set(TestClock.START.minus(Duration.ofDays(1)));
        recorder.startPlanning().addMetadata("key", 1).end();
        clock.set(TestClock.START.plusSeconds(1));
        recorder.complete(Status.COMPLETED);

        assertThat(recorder.spans()).extracting(Span::startTime).containsOnly(TestClock.START);
        assertThat(recorder.spans())
                .extracting(Span::endTime)
                .isEqualTo(List.of(TestClock.START.plusSeconds(1), TestClock.START));
        assertThat(recorder.spans().get(1).events().get(0).time()).isEqualTo(TestClock.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"})
    void times_before1970_areTakenAs1970(String time) {
        var recorder = startAt(Instant.parse(time));
        recorder.complete(Status.COMPLETED);

        assertThat(recorder.spans()).extracting(Span::startTime).containsOnly(Instant.EPOCH);
        assertThat(recorder.spans()).extracting(Span::endTime).containsOnly(Instant.EPOCH);
        assertThat(TraceId.isValid(recorder.traceId())).isTrue();
    }

    @Test
    void times_after2262_areTakenAs2262() {
        var recorder = startAt(Instant.MAX);
        recorder.complete(Status.COMPLETED);

        assertThat(recorder.spans().get(0).startTime()).isBetween("2262-04-11T00:00:00Z", "2262-04-12T00:00:00Z");
    }

    private static ReconcileTarget startAt(Instant time) {
        return TestRecorder.builder().clock(TestClock.standingAt(time)).start();
    }
}
