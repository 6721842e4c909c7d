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
        var calls = queue.takeForSpool();
        while (calls != null) {
            writeAnyhow(calls);
            calls = queue.takeForSpool();
        }
    }

    /** Whatever happens, the thread goes on, and no caller waits for what will not come. */
    private void writeAnyhow(List<Call> calls) {
        try {
            write(calls);
        } catch (Throwable defect) {
            reports.defect(defect);
            calls.forEach(call -> reject(call, defect));
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
        for (var i = 0; i < calls.size(); i++) {
            written(calls.get(i), numbers.get(i));
        }
    }

    private void written(Call call, long number) {
        try {
            queue.happen(states -> states.spooled(call, number));
        } catch (Throwable defect) {
            reports.defect(defect);
            storage.remove(List.of(number)); // nobody would count what the spool sends of it
            reject(call, defect);
            return;
        }
        reports.spooled(call);
    }

    /** What doesn't fit together may fit apart. */
    private void failed(List<Call> calls, Throwable failure) {
        if (calls.size() > 1) {
            calls.forEach(call -> write(List.of(call)));
            return;
        }
        reports.spoolFailed(failure);
        reject(calls.get(0), failure);
    }

    private void reject(Call call, Throwable failure) {
        if (queue.ask(states -> states.notSpooled(call))) {
            reports.rejected(call, Failures.spool(failure));
        }
    }
}
