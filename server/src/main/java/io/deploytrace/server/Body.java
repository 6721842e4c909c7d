package io.deploytrace.server;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Opens the bodies of requests, compressed or not. What a compressed one holds is never in memory as a whole. */
final class Body {

    private Body() {}

    /** The content of an HTTP request as its {@code content-encoding} says. */
    static InputStream open(AggregatedHttpRequest request, BodyMemory.Share memory) throws IOException {
        var encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        return open(request.content().toInputStream(), encoding, memory);
    }

    private static InputStream open(InputStream content, String encoding, BodyMemory.Share memory) throws IOException {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> content;
            case "gzip", "x-gzip" -> gunzip(content, memory);
            default ->
                throw Refusal.unsupported("The content encoding isn't supported. Send gzip, or the body as it is.")
                        .exception();
        };
    }

    /** The decompressed content, which ends with a refusal where it gets too large. */
    static InputStream gunzip(InputStream content, BodyMemory.Share memory) throws IOException {
        return new BoundedInputStream(new GZIPInputStream(content, 8_192), memory);
    }
}
