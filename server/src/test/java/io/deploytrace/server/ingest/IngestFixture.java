package io.deploytrace.server.ingest;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.SpanWriter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An ingest in front of a store in memory that knows both workspaces of {@link Requests}, and what its listener was told. */
final class IngestFixture implements AutoCloseable {

    static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(10));

    final InMemorySpanStore store = new InMemorySpanStore();
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final BufferedSpanWriter writer;
    private final SpanIngest ingest;

    private IngestFixture(Function<SpanWriter, SpanWriter> before, UnaryOperator<SpanIngest.Builder> settings) {
        store.addWorkspace(Requests.WORKSPACE);
        store.addWorkspace(Requests.OTHER_WORKSPACE);
        writer = BufferedSpanWriter.builder(before.apply(store)).build();
        ingest = settings.apply(SpanIngest.builder(writer).listener(new Told())).build();
    }

    static IngestFixture create() {
        return create(settings -> settings);
    }

    static IngestFixture create(UnaryOperator<SpanIngest.Builder> settings) {
        return new IngestFixture(store -> store, settings);
    }

    /** With a writer between the buffer and the store. */
    static IngestFixture before(Function<SpanWriter, SpanWriter> before) {
        return new IngestFixture(before, settings -> settings);
    }

    IngestAnswer send(Sender sender, ExportTraceServiceRequest request) {
        return ingest.accept(request, sender, DEADLINE).join();
    }

    IngestAnswer sendAllOrNone(Sender sender, ExportTraceServiceRequest request) {
        return ingest.acceptAllOrNone(request, sender, DEADLINE).join();
    }

    /** Sends spans of a controller, and reads the one that was stored under the usual trace id. */
    Span stored(io.opentelemetry.proto.trace.v1.Span.Builder span) {
        send(Requests.controller(), Requests.request(span));
        var stored = trace(Requests.TRACE);
        if (stored.size() != 1) {
            throw new AssertionError("Stored: " + stored);
        }
        return stored.get(0);
    }

    List<Span> trace(String traceId) {
        return store.trace(Requests.WORKSPACE, traceId, DEADLINE);
    }

    List<Span> ofJob(String jobId) {
        return store.spansOfJob(Requests.WORKSPACE, jobId, DEADLINE);
    }

    @Override
    public void close() {
        writer.close();
    }

    private final class Told implements IngestListener {

        @Override
        public void received(int spans) {
            told.add("received " + spans);
        }

        @Override
        public void stored(int spans) {
            told.add("stored " + spans);
        }

        @Override
        public void duplicates(int spans) {
            told.add("duplicates " + spans);
        }

        @Override
        public void rejected(RejectionReason reason, int spans) {
            told.add("rejected " + spans + " " + reason.label());
        }

        @Override
        public void failed(int spans) {
            told.add("failed " + spans);
        }
    }
}
