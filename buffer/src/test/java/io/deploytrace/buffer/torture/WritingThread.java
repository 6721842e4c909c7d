package io.deploytrace.buffer.torture;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.buffer.torture.Calls.Call;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One of the writers of a process: makes its calls at a steady pace until it is told to stop, and reports each. */
final class WritingThread extends Thread {

    /** Calls that may wait for their future at the same time. */
    private static final int SUBMITTED = 100;

    private final BufferedSpanWriter buffer;
    private final Workload workload;
    private final Calls calls;
    private final Reporter reporter;
    private final long pause;
    private final Semaphore submitted = new Semaphore(SUBMITTED);
    private volatile boolean stopping;

    WritingThread(BufferedSpanWriter buffer, WritingSettings settings, Reporter reporter, int number) {
        super("writer-" + number);
        this.buffer = buffer;
        this.workload = new Workload(settings.seed());
        this.calls = new Calls(workload, settings.process(), number);
        this.reporter = reporter;
        this.pause = 1_000_000_000L / settings.rate();
    }

    void tellToStop() {
        stopping = true;
    }

    @Override
    public void run() {
        for (var next = System.nanoTime(); !stopping; next += pause) {
            make(calls.next());
            LockSupport.parkNanos(next + pause - System.nanoTime());
            next = Math.max(next, System.nanoTime() - 10 * pause);
        }
        submitted.acquireUninterruptibly(SUBMITTED);
    }

    private void make(Call call) {
        reporter.started(call.unit(), call.step());
        var deadline = Deadline.after(Duration.ofMillis(call.timeout()));
        var end = System.nanoTime() + call.timeout() * 1_000_000L;
        try {
            make(call, deadline, end);
        } catch (RuntimeException failure) {
            failed(call, failure);
        }
        reportLateness(end);
    }

    private void make(Call call, Deadline deadline, long end) {
        var spans = workload.content(call.unit()).call(call.step());
        switch (call.way()) {
            case WRITE -> {
                requireWhole(call, buffer.write(spans, deadline), spans.size());
                acknowledged(call);
            }
            case HAND_OVER -> {
                buffer.handOver(spans, deadline);
                acknowledged(call);
            }
            case SUBMIT -> {
                submitted.acquireUninterruptibly();
                var unused = buffer.submit(spans, deadline)
                        .whenComplete((result, failure) -> completed(call, end, spans.size(), result, failure))
                        .whenComplete((result, failure) -> submitted.release());
            }
        }
    }

    private void completed(Call call, long end, int spans, @Nullable WriteResult result, @Nullable Throwable failure) {
        reportLateness(end);
        if (result == null) {
            failed(call, failure);
        } else {
            requireWhole(call, result, spans);
            acknowledged(call);
        }
    }

    private void requireWhole(Call call, WriteResult result, int spans) {
        if (result.inserted() + result.updated() + result.unchanged() + result.held() != spans) {
            reporter.wrong("The result of " + call + " with " + spans + " spans is " + result + ".");
        }
    }

    private void acknowledged(Call call) {
        reporter.acknowledged(call.unit(), call.step(), call.way());
    }

    private void failed(Call call, @Nullable Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof SpanStoreException refused) {
            reporter.failed(call.unit(), call.step(), refused.reason().name());
        } else {
            reporter.wrong(call + " failed with " + cause);
        }
    }

    private void reportLateness(long end) {
        var late = (System.nanoTime() - end) / 1_000_000;
        if (late > 0) {
            reporter.late(late);
        }
    }
}
