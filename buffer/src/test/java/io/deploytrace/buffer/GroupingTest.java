package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class GroupingTest extends BufferFixture {

    @Test
    void submit_idleBuffer_isWrittenAloneAtOnce() throws Exception {
        var buffer = buffer(builder -> builder);

        var answer = buffer.submit(single(), soon());
        writer.next().store();

        assertThat(answer(answer)).isEqualTo(new WriteResult(1, 0, 0));
    }

    @Test
    void submit_whileAnAttemptIsInFlight_formsOneGroup() throws Exception {
        var buffer = buffer(builder -> builder);
        var answers = new ArrayList<CompletableFuture<WriteResult>>();
        answers.add(buffer.submit(single(), soon()));
        var first = writer.next();
        for (var i = 0; i < 5; i++) {
            answers.add(buffer.submit(single(), soon()));
        }

        first.store();
        var second = writer.next();
        second.store();

        assertThat(first.batches()).hasSize(1);
        assertThat(second.batches()).hasSize(5);
        for (var answer : answers) {
            assertThat(answer(answer)).isEqualTo(new WriteResult(1, 0, 0));
        }
        assertThat(buffer.metrics().commits()).isEqualTo(2);
    }

    @Test
    void group_atTheBound_leavesTheRestToTheNext() throws Exception {
        var buffer = buffer(builder -> builder.groupSpans(3));
        buffer.handOver(single(), soon());
        var first = writer.next();
        for (var i = 0; i < 5; i++) {
            buffer.handOver(single(), soon());
        }

        first.store();
        var second = writer.next();
        second.store();
        var third = writer.next();
        third.store();

        assertThat(second.batches()).hasSize(3);
        assertThat(third.batches()).hasSize(2);
    }

    @Test
    void callsOfOneTrace_areWrittenOneAfterTheOther() throws Exception {
        var buffer = buffer(builder -> builder.flushers(3));
        var trace = single();
        buffer.handOver(trace, soon());
        var first = writer.next();
        buffer.handOver(trace, soon());
        buffer.handOver(single(), soon());

        var other = writer.next();
        assertThat(List.of(first, other))
                .allSatisfy(attempt -> assertThat(attempt.batches()).hasSize(1));
        assertThat(buffer.metrics().heldInMemory()).isEqualTo(3);
        first.store();
        other.store();
        writer.next().store();

        assertThat(buffer.flush(soon())).isTrue();
    }

    @Test
    void poisonedCall_isRejectedAlone() throws Exception {
        var rejected = new CopyOnWriteArrayList<Span>();
        var buffer = buffer(builder -> builder.listener(new BufferListener() {
            @Override
            public void rejected(List<Span> spans, io.deploytrace.store.SpanStoreException failure) {
                rejected.addAll(spans);
            }
        }));
        buffer.handOver(single(), soon());
        var first = writer.next();
        var good = new ArrayList<CompletableFuture<WriteResult>>();
        good.add(buffer.submit(single(), soon()));
        var poison = single();
        var poisoned = buffer.submit(poison, soon());
        good.add(buffer.submit(single(), soon()));
        first.store();

        writer.next().fail(of(Reason.CONFLICT)); // good, poison, good
        writer.next().store(); // good
        writer.next().fail(of(Reason.CONFLICT)); // poison
        writer.next().store(); // good

        assertThat(failure(poisoned).reason()).isEqualTo(Reason.CONFLICT);
        for (var answer : good) {
            assertThat(answer(answer).inserted()).isEqualTo(1);
        }
        Await.until(() -> rejected.equals(poison));
        assertThat(buffer.metrics().rejected()).containsOnly(java.util.Map.entry(Reason.CONFLICT, 1L));
    }

    @Test
    void poisonedGroup_isSplitIntoQuarters() throws Exception {
        var buffer = buffer(builder -> builder);
        var first = blocked(buffer);
        submit(buffer, 16);
        first.store();

        writer.next().fail(of(Reason.CONFLICT));
        for (var i = 0; i < 4; i++) {
            var quarter = writer.next();
            assertThat(quarter.batches()).hasSize(4);
            quarter.store();
        }

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().stored()).isEqualTo(17);
    }

    @Test
    void poisonedGroup_storeGoesAwayMeanwhile_isNotTriedPartByPart() throws Exception {
        var buffer = buffer(builder -> builder);
        var first = blocked(buffer);
        submit(buffer, 16);
        first.store();

        writer.next().fail(of(Reason.CONFLICT));
        writer.next().store();
        writer.next().fail(of(Reason.UNAVAILABLE));
        var again = writer.next();

        assertThat(again.batches()).hasSize(12);
        again.store();
        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().stored()).isEqualTo(17);
        assertThat(buffer.metrics().retried()).isEqualTo(12);
    }

    private GatedWriter.Attempt blocked(BufferedSpanWriter buffer) throws Exception {
        submit(buffer, 1);
        return writer.next();
    }

    private void submit(BufferedSpanWriter buffer, int calls) {
        for (var i = 0; i < calls; i++) {
            assertThat(buffer.submit(single(), soon())).isNotDone();
        }
    }
}
