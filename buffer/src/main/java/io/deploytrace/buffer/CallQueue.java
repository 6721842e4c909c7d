package io.deploytrace.buffer;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The calls, shared by callers, flushers and the spooler: the one lock around {@link CallStates}, and the waiting for what others
 * bring about. The lock is never held while anything is written or anyone is told. Safe for use by several threads.
 */
final class CallQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition spoolWork = lock.newCondition();
    private final Condition change = lock.newCondition();
    private final CallStates states;
    private int idleFlushers;
    private int watchers;
    private boolean closed;
    private boolean stopped;

    CallQueue(CallStates states) {
        this.states = states;
    }

    /** Takes a call on, waiting for room if there is none and the buffer is built so. */
    void accept(Call call, Deadline deadline) {
        lock.lock();
        try {
            var route = states.route(call);
            if (route == Admission.Route.WAIT) {
                await(() -> closed || states.route(call) != Admission.Route.WAIT, patience(deadline));
                route = states.route(call);
            }
            refuseIfClosedOr(route, call);
            states.accepted(call, route);
            wake();
        } finally {
            lock.unlock();
        }
    }

    private Deadline patience(Deadline deadline) {
        var bound = states.admission.whenFull().bound();
        var blocks = states.admission.whenFull().choice() == WhenFull.Choice.BLOCK;
        var bounded = blocks && bound.compareTo(deadline.remaining()) < 0;
        return bounded ? Deadline.after(bound) : deadline;
    }

    private void refuseIfClosedOr(Admission.Route route, Call call) {
        if (closed) {
            throw Failures.closed();
        }
        if (route == Admission.Route.REFUSE && call.bytes > states.admission.maximum()) {
            throw Failures.tooLarge(states.admission, call);
        }
        if (route == Admission.Route.REFUSE || route == Admission.Route.WAIT) {
            throw Failures.full(states.admission, call);
        }
    }

    /** Waits for something to do; null once the buffer has stopped. */
    CallStates.@Nullable Task take() {
        lock.lock();
        try {
            while (!stopped) {
                var now = System.nanoTime();
                var task = states.nextTask(now);
                if (task != null) {
                    wakeIfMore();
                    return task;
                }
                idleFlushers++;
                try {
                    Waiting.sleep(work, nanosUntilTask(now));
                } finally {
                    idleFlushers--;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void wakeIfMore() {
        if (idleFlushers > 0 && !states.sources.isEmpty()) {
            work.signal();
        }
    }

    /** How long until time alone brings something to do; zero if only an event can. */
    private long nanosUntilTask(long now) {
        var something = !states.sources.isEmpty() || states.spooling.mayRead(now);
        var untilRepeat = something ? Math.max(0, states.circuit.nanosUntilRepeat(now)) : 0;
        var untilRead = Math.max(0, states.spooling.nanosUntilRead(now));
        return untilRepeat == 0 || untilRead == 0 ? untilRepeat + untilRead : Math.min(untilRepeat, untilRead);
    }

    /** Waits for calls that are to be written to the spool; null once the buffer has stopped. */
    @Nullable List<Call> takeForSpool() {
        lock.lock();
        try {
            while (!stopped && !states.spooling.isWaiting()) {
                Waiting.sleep(spoolWork, 0);
            }
            return states.spooling.isWaiting() ? states.spooling.takeWaiting() : null;
        } finally {
            lock.unlock();
        }
    }

    CallStates.Ended stored(List<Call> calls, List<WriteResult> results, boolean probe) {
        return event(() -> states.stored(calls, results, probe));
    }

    CallStates.Ended refused(Call call, Reason reason, boolean probe) {
        return event(() -> states.refused(call, reason, probe));
    }

    CallStates.Repeat failedForNow(List<Call> calls, SpanStoreException failure, boolean probe) {
        return event(() -> states.failedForNow(calls, failure, probe, System.nanoTime()));
    }

    void cannotWait(Call call) {
        happen(() -> states.cannotWait(call));
    }

    CallStates.GivenUp giveUp(Call call, Reason reason) {
        return event(() -> states.giveUp(List.of(call), reason));
    }

    void spooled(List<Call> calls, List<Long> numbers) {
        happen(() -> IntStream.range(0, calls.size()).forEach(i -> states.spooled(calls.get(i), numbers.get(i))));
    }

    /** Answers the calls for which that is the end. */
    List<Call> notSpooled(List<Call> calls) {
        return event(() -> calls.stream().filter(states::notSpooled).toList());
    }

    void loaded(List<Call> records, boolean more) {
        happen(() -> states.loaded(records, more));
    }

    void unsendable(SpoolRecord entry, Set<String> traces, Reason reason) {
        happen(() -> states.unsendable(entry, traces, reason));
    }

    void readingFailed(long pauseNanos) {
        happen(() -> states.spooling.readingFailed(System.nanoTime() + pauseNanos));
    }

    boolean expired(SpoolRecord entry, Set<String> traces) {
        return event(() -> states.expired(entry, traces));
    }

    /** Takes no more calls from here on. */
    void close() {
        happen(() -> closed = true);
    }

    /** Waits until no call is in memory any more; answers whether that is so. */
    boolean awaitNothingInMemory(Deadline deadline) {
        return watch(() -> states.inMemory().isEmpty(), deadline);
    }

    /** Gives every call that is still in memory to the spool. */
    void spoolAll() {
        happen(() -> List.copyOf(states.inMemory()).forEach(states::cannotWait));
    }

    CallStates.GivenUp giveUpAll(Reason reason) {
        return event(() -> states.giveUp(states.inMemory(), reason));
    }

    /** Ends the threads once they have done what they do. */
    void stop() {
        happen(() -> stopped = true);
    }

    boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was accepted before is stored or rejected; answers whether that is so. */
    boolean awaitAllBefore(Deadline deadline) {
        lock.lock();
        try {
            var mark = states.lastSequence();
            var inTime = await(() -> isNothingInMemoryUpTo(mark), deadline);
            var spoolMark = states.spooling.mark();
            return inTime && await(() -> states.spooling.isSentUpTo(spoolMark), deadline);
        } finally {
            lock.unlock();
        }
    }

    private boolean isNothingInMemoryUpTo(long sequence) {
        var oldest = states.inMemory().iterator();
        return !oldest.hasNext() || oldest.next().sequence > sequence;
    }

    /** What the calls in memory take, in bytes. */
    long bytes() {
        return event(states.admission::bytes);
    }

    private void happen(Runnable event) {
        event(() -> {
            event.run();
            return event;
        });
    }

    private <T> T event(Supplier<T> event) {
        lock.lock();
        try {
            var result = event.get();
            wake();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes who may have something to do now. */
    private void wake() {
        if (stopped) {
            work.signalAll();
            spoolWork.signal();
        } else {
            if (idleFlushers > 0) {
                work.signal();
            }
            if (states.spooling.isWaiting()) {
                spoolWork.signal();
            }
        }
        if (watchers > 0) {
            change.signalAll();
        }
    }

    private boolean watch(BooleanSupplier condition, Deadline deadline) {
        lock.lock();
        try {
            return await(condition, deadline);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the condition until the deadline; answers whether it holds. */
    private boolean await(BooleanSupplier condition, Deadline deadline) {
        watchers++;
        try {
            return Waiting.until(change, condition, deadline);
        } finally {
            watchers--;
        }
    }
}
