package io.deploytrace.server.ingest;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.span.Masking;
import io.deploytrace.store.Deadline;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Stores spans through a buffer, which puts requests that come at the same time into one commit and lets one that comes alone
 * wait for nothing. Safe for use by several threads.
 */
public final class SpanIngest implements Ingest {

    private final BufferedSpanWriter writer;
    private final RequestReader reader;
    private final IngestReports reports;

    private SpanIngest(Builder builder) {
        writer = builder.writer;
        reader = new RequestReader(builder.limits, builder.masking);
        reports = new IngestReports(builder.listener, new RejectionLog(builder.clock));
    }

    /**
     * A builder.
     *
     * @param writer stays the caller's to close. It must have no spool, for with one, spans are acknowledged that only lie on it. It
     *     should hold several requests of {@link IngestLimits#requestSize()}, and refuse rather than block when full.
     */
    public static Builder builder(BufferedSpanWriter writer) {
        return new Builder(writer);
    }

    @Override
    public CompletableFuture<IngestAnswer> accept(ExportTraceServiceRequest request, Sender sender, Deadline deadline) {
        var count = received(request);
        var contents = reader.read(request, sender);
        return answer(
                sender,
                count,
                new TraceWriter(writer, deadline)
                        .writeEach(contents.traces())
                        .thenApply(part -> Part.sum(List.of(Part.rejected(contents.rejections()), part))));
    }

    @Override
    public CompletableFuture<IngestAnswer> acceptAllOrNone(
            ExportTraceServiceRequest request, Sender sender, Deadline deadline) {
        var count = received(request);
        var contents = reader.read(request, sender);
        var part = contents.rejections().isEmpty()
                ? new TraceWriter(writer, deadline).writeAll(contents.traces())
                : CompletableFuture.completedFuture(
                        allRejected(contents.rejections().get(0), count));
        return answer(sender, count, part);
    }

    private int received(ExportTraceServiceRequest request) {
        var count = RequestReader.count(request);
        reports.received(count);
        return count;
    }

    /** The spans that aren't at fault are rejected for the first that is. */
    private static Part allRejected(Rejection first, int count) {
        return Part.rejected(List.of(new Rejection(
                first.reason(), count, first.which(), first.problem() + " None of the request's spans was stored.")));
    }

    private CompletableFuture<IngestAnswer> answer(Sender sender, int count, CompletableFuture<Part> part) {
        return part.whenComplete((done, failure) -> {
                    if (failure == null) {
                        reports.done(sender, done);
                    } else {
                        reports.failed(count);
                    }
                })
                .thenApply(Answers::of);
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
