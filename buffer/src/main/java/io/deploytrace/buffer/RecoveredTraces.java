package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Finds which traces an earlier process left on the spool. */
final class RecoveredTraces {

    private static final int SPANS_AT_ONCE = 2_000;

    private RecoveredTraces() {}

    /** How many records touch each trace. */
    static Map<String, Integer> of(Spool spool) {
        var traces = new HashMap<String, Integer>();
        try {
            var records = spool.read(0, SPANS_AT_ONCE);
            while (!records.isEmpty()) {
                records.forEach(entry -> count(entry, traces));
                records = spool.read(records.get(records.size() - 1).number(), SPANS_AT_ONCE);
            }
            return traces;
        } catch (IOException failure) {
            throw new UncheckedIOException("The spool can't be read: " + failure.getMessage(), failure);
        }
    }

    private static void count(SpoolRecord entry, Map<String, Integer> traces) {
        entry.spans().stream().map(Span::traceId).distinct().forEach(trace -> traces.merge(trace, 1, Integer::sum));
    }
}
