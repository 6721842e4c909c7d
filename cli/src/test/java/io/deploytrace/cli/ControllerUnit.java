package io.deploytrace.cli;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;

/**
 * Traces that a controller sends in the same requests.
 *
 * @param traces the traces; all have as many steps
 * @param offending a span that must be rejected, sent with each step; null for none
 * @param isAtomic whether a request must be stored as a whole or not at all
 */
record ControllerUnit(List<GrowingTrace> traces, Span offending, boolean isAtomic) {

    int steps() {
        return traces.get(0).steps();
    }

    /** Whether nothing of it may ever be stored. */
    boolean isRefused() {
        return isAtomic && offending != null;
    }

    ExportTraceServiceRequest request(int step) {
        var request = ExportTraceServiceRequest.newBuilder();
        var scope = request.addResourceSpansBuilder().addScopeSpansBuilder();
        traces.forEach(trace -> trace.step(step).forEach(span -> scope.addSpans(OtlpMessages.of(span))));
        if (offending != null) {
            scope.addSpans(offending);
        }
        return request.build();
    }

    /** How many spans of a step must be rejected. */
    long rejected(int step) {
        var sent = traces.stream().mapToInt(trace -> trace.step(step).size()).sum();
        return offending == null ? 0 : isAtomic ? sent + 1 : 1;
    }

    void begin(int step) {
        if (!isRefused()) {
            traces.forEach(trace -> trace.begin(step));
        }
    }

    void acknowledge(int step) {
        if (!isRefused()) {
            traces.forEach(trace -> trace.acknowledge(step));
        }
    }
}
