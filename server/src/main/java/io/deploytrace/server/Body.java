package io.deploytrace.server;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import io.deploytrace.server.ingest.OtlpProtobuf;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Opens the bodies of requests, compressed or not. What a compressed one holds is never in memory as a whole. */
final class Body {

    private Body() {}

    /** The content of an HTTP request as its {@code content-encoding} says. */
    static InputStream open(AggregatedHttpRequest request, BodyMemory.Share memory) throws IOException {
        var content = request.content().toInputStream();
        return isCompressed(request) ? gunzip(content, memory) : content;
    }

    /** The request in the protobuf encoding that an HTTP request has as its content. */
    static ExportTraceServiceRequest protobuf(AggregatedHttpRequest request, BodyMemory.Share memory) {
        return protobuf(ByteBuffer.wrap(request.content().array()), isCompressed(request), memory);
    }

    /** The request in the protobuf encoding that the content is, compressed or not. */
    static ExportTraceServiceRequest protobuf(ByteBuffer content, boolean isCompressed, BodyMemory.Share memory) {
        return isCompressed
                ? OtlpProtobuf.parse(() -> gunzip(stream(content), memory), memory::messages)
                : OtlpProtobuf.parse(content, memory::messages);
    }

    private static boolean isCompressed(AggregatedHttpRequest request) {
        var encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                throw Refusal.unsupported("The content encoding isn't supported. Send gzip, or the body as it is.")
                        .exception();
        };
    }

    /** The decompressed content, which ends with a refusal where it gets too large. */
    static InputStream gunzip(InputStream content, BodyMemory.Share memory) throws IOException {
        return new BoundedInputStream(new GZIPInputStream(content, 8_192), memory);
    }

    private static InputStream stream(ByteBuffer content) {
        return new ByteArrayInputStream(
                content.array(), content.arrayOffset() + content.position(), content.remaining());
    }
}
