package io.deploytrace.buffer;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Writes groups of calls to the store, one after the other, until the queue stops. One thread runs it. */
final class Flusher implements Runnable {

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
        }
    }

    private void write(List<Call> calls, boolean probe) {
        var start = System.nanoTime();
        List<WriteResult> results;
        try {
            results = results(calls);
        } catch (Throwable thrown) {
            forgetInterrupt();
            failed(calls, Failures.of(thrown), probe);
            return;
        }
        forgetInterrupt();
        var latency = Duration.ofNanos(System.nanoTime() - start);
        var ended = queue.stored(calls, results, probe);
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
    private void failed(List<Call> calls, SpanStoreException failure, boolean probe) {
        if (failure.isRetryable() || failure.reason() == Reason.NOT_READY || queue.isStopped()) {
            repeat(calls, failure, probe);
        } else if (calls.size() > 1) {
            var half = calls.size() / 2;
            write(calls.subList(0, half), probe);
            write(calls.subList(half, calls.size()), probe);
        } else {
            var ended = queue.refused(calls.get(0), failure.reason(), probe);
            ended.calls().forEach(call -> reports.rejected(call, failure));
            afterwards(ended);
        }
    }

    private void repeat(List<Call> calls, SpanStoreException failure, boolean probe) {
        var repeat = queue.failedForNow(calls, failure, probe);
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
