package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** One way of writing a trace. For use by one thread. */
@FunctionalInterface
interface TraceWriter extends AutoCloseable {

    /** Writes the spans, all or none; most ways return when they are durable. */
    void write(List<Span> spans) throws SQLException;

    /** Returns when all that was written is durable. */
    default void finish() {}

    @Override
    default void close() throws SQLException {}

    /** Ours. */
    static TraceWriter of(SpanWriter writer) {
        return spans -> writer.write(spans, Deadline.after(Duration.ofMinutes(1)));
    }
}
