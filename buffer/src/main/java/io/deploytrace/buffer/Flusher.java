package io.deploytrace.buffer;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes groups of calls to the store, one after the other, until the queue stops. One thread runs it. */
final class Flusher implements Runnable {

    /** Into how many parts a group is split that the store refuses: see RATIONALE.md. */
    private static final int PARTS = 4;

    private final CallQueue queue;
    private final SpanWriter writer;
    private final Duration attemptTimeout;
    private final SpoolReader spool;
    private final Reports reports;

    Flusher(CallQueue queue, SpanWriter writer, Duration attemptTimeout, SpoolReader spool, Reports reports) {
        this.queue = queue;
        this.writer = writer;
        this.attemptTimeout = attemptTimeout;
        this.spool = spool;
        this.reports = reports;
    }

    @Override
    public void run() {
        for (var task = queue.take(); task != null; task = queue.take()) {
            work(task);
        }
    }

    private void work(CallStates.Task task) {
        try {
            if (task.calls().isEmpty()) {
                spool.read(task.readAfter());
            } else {
                write(task.calls(), task.probe());
            }
        } catch (Throwable defect) {
            reports.defect(defect);
            repeatWhatIsInFlight(task, defect);
        }
    }

    /** Nobody else would see to the calls, nor let the next probe of an open circuit through. */
    private void repeatWhatIsInFlight(CallStates.Task task, Throwable defect) {
        try {
            repeat(task.calls(), Failures.defect(defect), task.probe());
        } catch (Throwable second) {
            reports.defect(second);
        }
    }

    /**
     * Writes the calls together, and if the store refuses them, in ever smaller parts until what it refuses stands alone. Once repeating can
     * help, the rest isn't tried one by one: it would fail as well, after a timeout each.
     */
    private void write(List<Call> calls, boolean probe) {
        var parts = new ArrayDeque<List<Call>>();
        parts.push(new ArrayList<>(calls));
        while (!parts.isEmpty()) {
            var part = parts.pop();
            var failure = attempt(part, probe);
            if (failure != null && canPass(failure)) {
                parts.forEach(part::addAll);
                repeat(part, failure, probe);
                return;
            }
            if (failure != null) {
                failedForGood(part, failure, probe, parts);
            }
        }
    }

    /** The failure, or null if the calls are stored. */
    private @Nullable SpanStoreException attempt(List<Call> calls, boolean probe) {
        var start = System.nanoTime();
        List<WriteResult> results;
        try {
            results = results(calls);
        } catch (Throwable thrown) {
            return Failures.of(thrown);
        } finally {
            forgetInterrupt();
        }
        stored(calls, results, probe, Duration.ofNanos(System.nanoTime() - start));
        return null;
    }

    private void stored(List<Call> calls, List<WriteResult> results, boolean probe, Duration latency) {
        var ended = queue.ask(states -> states.stored(calls, results, probe));
        reports.committed(
                latency, calls.size(), calls.stream().mapToInt(Call::size).sum());
        for (var i = 0; i < calls.size(); i++) {
            if (ended.calls().contains(calls.get(i))) {
                reports.stored(calls.get(i), results.get(i));
            }
        }
        afterwards(ended);
    }

    /** No one interrupts this thread but a writer that passes on what it caught; files would be closed by it. */
    private static void forgetInterrupt() {
        Thread.interrupted();
    }

    private List<WriteResult> results(List<Call> calls) {
        var batches = calls.stream().map(call -> call.spans).toList();
        var results = writer.writeAll(batches, Deadline.after(attemptTimeout));
        if (results == null
                || results.size() != calls.size()
                || results.stream().anyMatch(Objects::isNull)) {
            throw Failures.garbage(calls.size(), results);
        }
        return results;
    }

    /** Once the buffer has stopped, what the writer needs may be closed already: that says nothing about the calls. */
    private boolean canPass(SpanStoreException failure) {
        return failure.isRetryable() || failure.reason() == Reason.NOT_READY || queue.isStopped();
    }

    private void failedForGood(
            List<Call> calls, SpanStoreException failure, boolean probe, ArrayDeque<List<Call>> parts) {
        if (calls.size() > 1) {
            split(calls).forEach(parts::push);
            return;
        }
        var ended = queue.ask(states -> states.refused(calls.get(0), failure.reason(), probe));
        ended.calls().forEach(call -> reports.rejected(call, failure));
        afterwards(ended);
    }

    /** The last part first. */
    private static List<List<Call>> split(List<Call> calls) {
        var parts = new ArrayList<List<Call>>();
        var count = Math.min(PARTS, calls.size());
        for (var i = count - 1; i >= 0; i--) {
            parts.add(new ArrayList<>(calls.subList(calls.size() * i / count, calls.size() * (i + 1) / count)));
        }
        return parts;
    }

    private void repeat(List<Call> calls, SpanStoreException failure, boolean probe) {
        var repeat = queue.ask(states -> states.failedForNow(calls, failure, probe, System.nanoTime()));
        reports.retried(repeat.again(), failure);
        for (var call : repeat.givenUp()) {
            reports.rejected(call, failure.reason() == Reason.NOT_READY ? failure : Failures.abandoned(failure));
        }
        spool.remove(repeat.givenUp());
        if (repeat.circuitOpened()) {
            reports.circuitOpened(failure);
        }
        spool.removeExpired();
    }

    private void afterwards(CallStates.Ended ended) {
        spool.remove(ended.calls());
        if (ended.circuitClosed()) {
            reports.circuitClosed();
        }
    }
}
