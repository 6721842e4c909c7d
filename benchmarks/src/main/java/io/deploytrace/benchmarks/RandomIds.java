package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives traces the ids that OpenTelemetry's SDK makes: random ones, which don't order by time. */
final class RandomIds {

    private static final IdGenerator GENERATOR = IdGenerator.random();

    private final Map<String, String> ids = new HashMap<>();

    private RandomIds() {}

    /** The same traces under random ids. */
    static List<List<Span>> of(List<List<Span>> traces) {
        return traces.stream().map(trace -> new RandomIds().trace(trace)).toList();
    }

    /** The same snapshots under random ids; a span has the same id in each snapshot of its trace. */
    static List<List<List<Span>>> ofGrowing(List<List<List<Span>>> traces) {
        return traces.stream()
                .map(snapshots -> {
                    var ids = new RandomIds();
                    return snapshots.stream().map(ids::trace).toList();
                })
                .toList();
    }

    private List<Span> trace(List<Span> spans) {
        return spans.stream().map(this::span).toList();
    }

    private Span span(Span span) {
        var parent = span.parentSpanId();
        return WorkloadTrace.withIds(
                span,
                ids.computeIfAbsent(span.traceId(), id -> GENERATOR.generateTraceId()),
                spanId(span.spanId()),
                parent == null ? null : spanId(parent));
    }

    private String spanId(String id) {
        return ids.computeIfAbsent(id, ignored -> GENERATOR.generateSpanId());
    }
}
