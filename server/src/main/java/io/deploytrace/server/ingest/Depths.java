package io.deploytrace.server.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far each span of a request is from its root, where the request holds all spans between. */
final class Depths {

    private static final int UNKNOWN = Integer.MIN_VALUE;
    private static final int ABOVE_ROOT = -1;

    private record Key(ByteString traceId, ByteString spanId) {}

    private final Map<Key, Span> spans = new HashMap<>();
    private final Map<Key, Integer> depths = new HashMap<>();

    private Depths() {}

    static Depths of(ExportTraceServiceRequest request) {
        var depths = new Depths();
        for (var resource : request.getResourceSpansList()) {
            for (var scope : resource.getScopeSpansList()) {
                scope.getSpansList().forEach(span -> depths.spans.put(key(span), span));
            }
        }
        return depths;
    }

    /** Whether the span has no parent. */
    static boolean isRoot(Span span) {
        var parent = span.getParentSpanId();
        for (var i = 0; i < parent.size(); i++) {
            if (parent.byteAt(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The number of edges from the root; null if a span between isn't in the request, or they go in a circle. */
    @Nullable Integer of(Span span) {
        var path = new ArrayDeque<Key>();
        var depth = climb(span, path);
        while (!path.isEmpty()) {
            depth = depth == UNKNOWN ? UNKNOWN : depth + 1;
            depths.put(path.removeLast(), depth);
        }
        return depth == UNKNOWN ? null : depth;
    }

    /** Collects the spans whose depth isn't known yet; returns that of the span above them. */
    private int climb(Span from, ArrayDeque<Key> path) {
        var span = from;
        while (span != null) {
            var key = key(span);
            var known = depths.get(key);
            if (known != null) {
                return known;
            }
            depths.put(key, UNKNOWN);
            path.addLast(key);
            if (isRoot(span)) {
                return ABOVE_ROOT;
            }
            span = spans.get(new Key(span.getTraceId(), span.getParentSpanId()));
        }
        return UNKNOWN;
    }

    private static Key key(Span span) {
        return new Key(span.getTraceId(), span.getSpanId());
    }
}
