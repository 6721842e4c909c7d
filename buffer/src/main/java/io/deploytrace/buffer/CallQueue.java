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
        var bounded = !states.spooling.exists && bound.compareTo(deadline.remaining()) < 0;
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
                    sleep(work, nanosUntilTask(now));
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
                sleep(spoolWork, 0);
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
        event(() -> {
            states.cannotWait(call);
            return call;
        });
    }

    CallStates.GivenUp giveUp(Call call, Reason reason) {
        return event(() -> states.giveUp(List.of(call), reason));
    }

    void spooled(List<Call> calls, List<Long> numbers) {
        event(() -> {
            for (var i = 0; i < calls.size(); i++) {
                states.spooled(calls.get(i), numbers.get(i));
            }
            return calls;
        });
    }

    /** Answers the calls for which that is the end. */
    List<Call> notSpooled(List<Call> calls) {
        return event(() -> calls.stream().filter(states::notSpooled).toList());
    }

    void loaded(List<Call> records, boolean more) {
        event(() -> {
            states.loaded(records, more);
            return records;
        });
    }

    void unsendable(SpoolRecord entry, Set<String> traces, Reason reason) {
        event(() -> {
            states.unsendable(entry, traces, reason);
            return entry;
        });
    }

    void readingFailed(long pauseNanos) {
        event(() -> {
            states.spooling.readingFailed(System.nanoTime() + pauseNanos);
            return states;
        });
    }

    boolean expired(SpoolRecord entry, Set<String> traces) {
        return event(() -> states.expired(entry, traces));
    }

    /** Takes no more calls from here on. */
    void close() {
        event(() -> closed = true);
    }

    /** Waits until no call is in memory any more; answers whether that is so. */
    boolean awaitNothingInMemory(Deadline deadline) {
        return watch(() -> states.inMemory().isEmpty(), deadline);
    }

    /** Gives every call that is still in memory to the spool. */
    void spoolAll() {
        event(() -> {
            List.copyOf(states.inMemory()).forEach(states::cannotWait);
            return states;
        });
    }

    CallStates.GivenUp giveUpAll(Reason reason) {
        return event(() -> states.giveUp(states.inMemory(), reason));
    }

    /** Ends the threads once they have done what they do. */
    void stop() {
        event(() -> stopped = true);
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
        lock.lock();
        try {
            return states.admission.bytes();
        } finally {
            lock.unlock();
        }
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

    /** Waits for the condition, though not for ever; an interrupt doesn't end the wait, and is kept. */
    private boolean await(BooleanSupplier condition, Deadline deadline) {
        var interrupted = false;
        watchers++;
        try {
            while (!condition.getAsBoolean() && !deadline.hasPassed()) {
                interrupted |= sleep(change, Math.max(1, deadline.remaining().toNanos()));
            }
            return condition.getAsBoolean();
        } finally {
            watchers--;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sleeps for this long, or, if zero, until woken; answers whether an interrupt ended it. */
    @SuppressWarnings("WaitNotInLoop") // those who call it loop
    private static boolean sleep(Condition condition, long nanos) {
        if (nanos == 0) {
            condition.awaitUninterruptibly();
            return false;
        }
        try {
            condition.awaitNanos(nanos);
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
    }
}
