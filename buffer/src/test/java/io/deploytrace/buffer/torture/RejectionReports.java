package io.deploytrace.buffer.torture;

import io.deploytrace.buffer.BufferListener;
import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import java.util.List;
import java.util.stream.Collectors;

/** Reports what a buffer gives up. */
record RejectionReports(Reporter reporter) implements BufferListener {

    @Override
    public void rejected(List<Span> spans, SpanStoreException failure) {
        var units = spans.stream()
                .map(span -> String.valueOf(span.attributes().get(Workload.UNIT)))
                .collect(Collectors.toSet());
        units.forEach(unit -> reporter.rejected(unit, failure.reason().name()));
    }
}
