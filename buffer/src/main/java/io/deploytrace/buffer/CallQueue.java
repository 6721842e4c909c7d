package io.deploytrace.buffer;

import io.deploytrace.store.Deadline;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /** Lets an event happen, and wakes whom it concerns. */
    void happen(Consumer<CallStates> event) {
        ask(known -> {
            event.accept(known);
            return known;
        });
    }

    /** Lets an event happen that answers something, and wakes whom it concerns. */
    <T> T ask(Function<CallStates, T> event) {
        lock.lock();
        try {
            var answer = event.apply(states);
            wake();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more calls from here on. */
    void close() {
        happen(known -> closed = true);
    }

    /** Waits until no call is in memory any more; answers whether that is so. */
    boolean awaitNothingInMemory(Deadline deadline) {
        return watch(() -> states.inMemory().isEmpty(), deadline);
    }

    /** Gives every call that is still in memory to the spool. */
    void spoolAll() {
        happen(known -> List.copyOf(known.inMemory()).forEach(known::cannotWait));
    }

    /** Ends the threads once they have done what they do. */
    void stop() {
        happen(known -> stopped = true);
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
        return ask(known -> known.admission.bytes());
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
