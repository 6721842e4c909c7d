package io.deploytrace.server.api;

import io.deploytrace.query.TraceNode.Placement;
import io.deploytrace.query.TraceTree;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where each span of a large trace stands in its tree, in some 20 bytes a span: what is kept while the trace is sent, however slowly its client
 * reads. Immutable.
 */
final class Layout {

    private static final Pattern SPAN_ID = Pattern.compile("[0-9a-f]{16}");

    private final List<String> traceIds = new ArrayList<>();
    private final int[] traces;
    private final long[] spanIds;

    /** The ids that aren't 16 lower-case hex digits, as another program may have written them, by index. */
    private final Map<Integer, String> foreignIds = new HashMap<>();

    private final int[] levels;
    private final Placement[] placements;

    /** The layout of the spans, or of their outlines, which aren't kept. */
    Layout(List<Span> outlines) {
        var nodes = TraceTree.of(outlines).nodes();
        traces = new int[nodes.size()];
        spanIds = new long[nodes.size()];
        levels = new int[nodes.size()];
        placements = new Placement[nodes.size()];
        for (var i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            traces[i] = number(node.span().traceId());
            keep(node.span().spanId(), i);
            levels[i] = node.level();
            placements[i] = node.placement();
        }
    }

    private void keep(String spanId, int index) {
        if (SPAN_ID.matcher(spanId).matches()) {
            spanIds[index] = HexFormat.fromHexDigitsToLong(spanId);
        } else {
            foreignIds.put(index, spanId);
        }
    }

    /** Spans of a trace mostly follow each other. */
    private int number(String traceId) {
        var last = traceIds.size() - 1;
        if (last >= 0 && traceIds.get(last).equals(traceId)) {
            return last;
        }
        var known = traceIds.indexOf(traceId);
        if (known < 0) {
            traceIds.add(traceId);
        }
        return known < 0 ? last + 1 : known;
    }

    int size() {
        return spanIds.length;
    }

    /** The keys of some spans, from top to bottom. */
    List<SpanKey> keys(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new SpanKey(traceIds.get(traces[i]), spanId(i)))
                .toList();
    }

    private String spanId(int index) {
        var foreign = foreignIds.get(index);
        return foreign == null ? HexFormat.of().toHexDigits(spanIds[index]) : foreign;
    }

    int level(int index) {
        return levels[index];
    }

    Placement placement(int index) {
        return placements[index];
    }
}
