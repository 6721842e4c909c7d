package io.deploytrace.remote;

import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The body of a request. Immutable. */
final class RequestBody {

    /** Below it, what is saved doesn't pay for the work. */
    static final int LEAST_COMPRESSED = 1_024;

    private final byte[] bytes;
    private final boolean compressed;

    private RequestBody(byte[] bytes, boolean compressed) {
        this.bytes = bytes;
        this.compressed = compressed;
    }

    /**
     * All spans of a batch.
     *
     * @param maximumBytes the most bytes before compression
     * @throws SpanStoreException if there are more, or the protocol can't say a time
     */
    static RequestBody of(SpanBatch batch, int maximumBytes, boolean compression) {
        var bytes = message(batch, maximumBytes).toByteArray();
        return compression && bytes.length >= LEAST_COMPRESSED
                ? new RequestBody(compress(bytes), true)
                : new RequestBody(bytes, false);
    }

    /** As they are sent; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether they are gzip. */
    boolean isCompressed() {
        return compressed;
    }

    private static ExportTraceServiceRequest message(SpanBatch batch, int maximumBytes) {
        var spans = ScopeSpans.newBuilder();
        var size = 0L;
        for (var span : batch.spans()) {
            var message = SpanMessages.of(span);
            size += message.getSerializedSize();
            if (size > maximumBytes) {
                throw tooLarge(batch, maximumBytes);
            }
            spans.addSpans(message);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(spans))
                .build();
    }

    private static SpanStoreException tooLarge(SpanBatch batch, int maximumBytes) {
        return new SpanStoreException(
                Reason.INVALID_SPAN,
                "The call's " + batch.spans().size() + " spans have more than " + maximumBytes
                        + " bytes, which is the most that one request takes. Write them in several calls, or raise"
                        + " maximumRequestBytes here and the limits of the server. Nothing was written.");
    }

    /** At the least effort: spans repeat themselves, and a trace of 16 shrinks to a sixth all the same. */
    private static byte[] compress(byte[] bytes) {
        var compressed = new ByteArrayOutputStream(bytes.length / 8);
        try (var gzip = new FastGzip(compressed)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(ByteArrayOutputStream output) throws IOException {
            super(output, 8_192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
