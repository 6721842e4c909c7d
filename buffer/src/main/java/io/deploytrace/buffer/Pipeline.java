package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A running buffer: its queue, its threads, and the callers' waiting. Safe for use by several threads. */
final class Pipeline {

    /** Which part of a call's time is kept for the spool, and the most of it. */
    private static final int SHARE_FOR_THE_SPOOL = 4;

    private static final Duration MOST_FOR_THE_SPOOL = Duration.ofMillis(250);

    private final CallQueue queue;
    private final Ledger ledger;
    private final Reports reports;
    private final @Nullable Spool spool;
    private final CallTimers timers = new CallTimers();

    /** @param spool the spool, or null if there is none */
    Pipeline(CallQueue queue, Ledger ledger, Reports reports, @Nullable Spool spool) {
        this.queue = queue;
        this.ledger = ledger;
        this.reports = reports;
        this.spool = spool;
    }

    boolean hasSpool() {
        return spool != null;
    }

    /** Takes the call on, or throws. */
    Call accept(Call call, Deadline deadline) {
        queue.accept(call, deadline);
        reports.accepted(call.size());
        return call;
    }

    void refused(Collection<Span> spans, SpanStoreException failure) {
        reports.refused(spans, failure);
    }

    /** Waits until the call has ended, or its deadline has passed. */
    WriteResult await(Call call, Deadline deadline) {
        if (spool != null && !isAnswered(call, nanosForTheStore(deadline))) {
            queue.happen(states -> states.cannotWait(call));
        }
        if (!isAnswered(call, deadline.remaining().toNanos())) {
            giveUp(call);
        }
        try {
            return call.answer.join();
        } catch (CompletionException failure) {
            throw Failures.rethrown(Failures.of(failure.getCause()));
        }
    }

    /** Answers at once; the future is answered in time. */
    CompletableFuture<WriteResult> watch(Call call, Deadline deadline) {
        if (spool != null) {
            timers.after(nanosForTheStore(deadline), call, () -> queue.happen(states -> states.cannotWait(call)));
        }
        timers.after(deadline.remaining().toNanos(), call, () -> giveUp(call));
        return call.answer;
    }

    private static long nanosForTheStore(Deadline deadline) {
        var left = deadline.remaining().toNanos();
        return left - Math.min(left / SHARE_FOR_THE_SPOOL, MOST_FOR_THE_SPOOL.toNanos());
    }

    private void giveUp(Call call) {
        report(
                queue.ask(states -> states.giveUp(List.of(call), Reason.DEADLINE_PASSED)),
                Failures.deadlinePassedWaiting(),
                Failures.deadlinePassedUnknown());
    }

    private void report(CallStates.GivenUp givenUp, SpanStoreException ofRejected, SpanStoreException ofUnknown) {
        givenUp.rejected().forEach(call -> reports.rejected(call, ofRejected));
        givenUp.unknown().forEach(call -> call.answer.completeExceptionally(ofUnknown));
    }

    /** Waits for the answer; an interrupt doesn't end the wait, and is kept. */
    private static boolean isAnswered(Call call, long nanos) {
        var end = System.nanoTime() + nanos;
        var interrupted = false;
        try {
            while (true) {
                try {
                    call.answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return true;
                } catch (TimeoutException e) {
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean flush(Deadline deadline) {
        return queue.awaitAllBefore(deadline);
    }

    BufferMetrics metrics() {
        return ledger.snapshot(queue.bytes(), spool == null ? 0 : spool.bytes());
    }

    /** Ends all calls in memory in one way or another; answers within the time. */
    void end(Duration time) {
        var deadline = Deadline.after(time);
        queue.close();
        var forTheStore = spool == null ? deadline : Deadline.after(Duration.ofNanos(nanosForTheStore(deadline)));
        if (!queue.awaitNothingInMemory(forTheStore) && spool != null) {
            queue.spoolAll();
            queue.awaitNothingInMemory(deadline);
        }
        report(
                queue.ask(states -> states.giveUp(states.inMemory(), Reason.UNAVAILABLE)),
                Failures.closedBeforeStored(),
                Failures.closedUnknown());
        queue.stop();
        timers.stop();
    }
}
