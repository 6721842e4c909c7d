package io.deploytrace.server.ingest;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.recorder.Masking;
import io.deploytrace.store.Deadline;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Stores spans through a buffer, which puts the requests that come at the same time into one commit. Safe for use by several threads. */
public final class SpanIngest implements Ingest {

    private final BufferedSpanWriter writer;
    private final RequestReader reader;
    private final IngestListener listener;
    private final RejectionLog log;

    private SpanIngest(Builder builder) {
        writer = builder.writer;
        reader = new RequestReader(builder.limits, builder.masking);
        listener = builder.listener;
        log = new RejectionLog(builder.clock);
    }

    /**
     * A builder.
     *
     * @param writer stays the caller's to close. Without a spool: with one, spans are acknowledged that only lie on the spool. It should
     *     hold several requests of {@link IngestLimits#requestSize()}, and refuse rather than block when full.
     */
    public static Builder builder(BufferedSpanWriter writer) {
        return new Builder(writer);
    }

    @Override
    public CompletableFuture<IngestAnswer> accept(ExportTraceServiceRequest request, Sender sender, Deadline deadline) {
        var contents = read(request, sender);
        var written = new TraceWriter(writer, deadline).writeEach(contents.traces());
        return answer(
                RequestReader.count(request),
                written.thenApply(part -> Part.sum(List.of(Part.rejected(contents.rejections()), part))));
    }

    @Override
    public CompletableFuture<IngestAnswer> acceptAllOrNone(
            ExportTraceServiceRequest request, Sender sender, Deadline deadline) {
        var contents = read(request, sender);
        var count = RequestReader.count(request);
        if (!contents.rejections().isEmpty()) {
            return answer(count, CompletableFuture.completedFuture(allRejected(contents.rejections(), count)));
        }
        return answer(count, new TraceWriter(writer, deadline).writeAll(contents.traces()));
    }

    private RequestReader.Contents read(ExportTraceServiceRequest request, Sender sender) {
        listener.received(RequestReader.count(request));
        return reader.read(request, sender);
    }

    /** The spans that aren't at fault are rejected for the first that is. */
    private static Part allRejected(List<Rejection> rejections, int count) {
        var first = rejections.get(0);
        return Part.rejected(List.of(new Rejection(first.reason(), count, first.text() + " Nothing was written.")));
    }

    private CompletableFuture<IngestAnswer> answer(int count, CompletableFuture<Part> part) {
        return part.whenComplete((done, failure) -> {
                    if (failure == null) {
                        tell(done);
                    } else {
                        listener.failed(count);
                    }
                })
                .thenApply(Answers::of);
    }

    private void tell(Part part) {
        var stored = part.result().inserted() + part.result().updated();
        listener.stored(stored);
        listener.duplicates(part.sent() - stored);
        for (var rejection : part.rejections()) {
            listener.rejected(rejection.reason(), rejection.spans());
            log.rejected(rejection);
        }
    }

    /** Collects the settings of a {@link SpanIngest}; not safe for use by several threads. */
    public static final class Builder {

        private final BufferedSpanWriter writer;
        private IngestLimits limits = IngestLimits.DEFAULTS;
        private Masking masking = Masking.standard();
        private IngestListener listener = IngestListener.NONE;
        private InstantSource clock = InstantSource.system();

        private Builder(BufferedSpanWriter writer) {
            this.writer = Objects.requireNonNull(writer, "writer");
        }

        /** How much a request may hold. By default {@link IngestLimits#DEFAULTS}. */
        public Builder limits(IngestLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** Which values are masked. By default {@link Masking#standard()}. */
        public Builder masking(Masking masking) {
            this.masking = Objects.requireNonNull(masking, "masking");
            return this;
        }

        /** Who is told what becomes of spans. By default no one. */
        public Builder listener(IngestListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** The clock by which lines of the log are spaced. By default the system's. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** The ingest with these settings; changing them later has no effect on it. */
        public SpanIngest build() {
            return new SpanIngest(this);
        }
    }
}
