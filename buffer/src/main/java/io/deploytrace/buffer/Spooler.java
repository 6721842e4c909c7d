package io.deploytrace.buffer;

import java.util.List;

/** Writes calls to the spool, all that wait at once, until the queue stops. One thread runs it. */
final class Spooler implements Runnable {

    private final Spool storage;
    private final CallQueue queue;
    private final Reports reports;

    Spooler(Spool storage, CallQueue queue, Reports reports) {
        this.storage = storage;
        this.queue = queue;
        this.reports = reports;
    }

    @Override
    public void run() {
        for (var calls = queue.takeForSpool(); calls != null; calls = queue.takeForSpool()) {
            write(calls);
        }
    }

    private void write(List<Call> calls) {
        List<Long> numbers;
        try {
            numbers = storage.append(calls.stream().map(call -> call.spans).toList());
        } catch (Throwable failure) {
            failed(calls, failure);
            return;
        }
        queue.spooled(calls, numbers);
        calls.forEach(reports::spooled);
    }

    /** What doesn't fit together may fit apart. */
    private void failed(List<Call> calls, Throwable failure) {
        if (calls.size() > 1) {
            calls.forEach(call -> write(List.of(call)));
            return;
        }
        reports.spoolFailed(failure);
        queue.notSpooled(calls).forEach(call -> reports.rejected(call, Failures.spool(failure)));
    }
}
