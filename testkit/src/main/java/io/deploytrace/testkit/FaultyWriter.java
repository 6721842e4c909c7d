package io.deploytrace.testkit;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/** A writer that fails a number of times and then works. Safe for use by several threads. */
public final class FaultyWriter implements SpanWriter {

    private final SpanWriter writer;
    private final AtomicInteger faults;
    private final AtomicInteger calls = new AtomicInteger();
    private final boolean writesAllTheSame;
    private final SpanStoreException.Reason reason;

    private FaultyWriter(SpanWriter writer, int faults, boolean writesAllTheSame, SpanStoreException.Reason reason) {
        this.writer = writer;
        this.faults = new AtomicInteger(faults);
        this.writesAllTheSame = writesAllTheSame;
        this.reason = reason;
    }

    /** A writer whose first calls fail for the reason, having written nothing. */
    public static FaultyWriter failing(SpanWriter writer, int times, SpanStoreException.Reason reason) {
        return new FaultyWriter(writer, times, false, reason);
    }

    /** A writer whose first calls write, but end like a connection that broke before the answer came. */
    public static FaultyWriter losingAnswers(SpanWriter writer, int times) {
        return new FaultyWriter(writer, times, true, SpanStoreException.Reason.UNAVAILABLE);
    }

    /** The number of calls so far, failed ones included. */
    public int calls() {
        return calls.get();
    }

    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        calls.incrementAndGet();
        if (faults.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return writer.write(spans, deadline);
        }
        if (writesAllTheSame) {
            writer.write(spans, deadline);
        }
        throw new SpanStoreException(reason, "A fault that the test asked for.");
    }
}
