package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import java.util.List;

/** One way of bringing a trace into the store. For use by several threads. */
interface IngestWay extends AutoCloseable {

    /** Brings one trace in; returns when it is durable. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    /** Does what isn't measured, such as encoding, and leaves the rest to the call. */
    Call prepare(List<Span> trace);

    @Override
    default void close() {}
}
