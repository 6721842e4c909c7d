package io.deploytrace.store.postgres;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.Deadline;
import io.deploytrace.vocabulary.AttributeKeys;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Spans to write, and the spans that are stored. */
final class TestSpans {

    static final Instant START = Instant.parse("2026-03-01T10:00:00.123456Z");

    private TestSpans() {}

    static Deadline deadline() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    /** The trace id of a number. */
    static String traceId(int number) {
        return "%032x".formatted(number);
    }

    /** The span id of a number. */
    static String spanId(int number) {
        return "%016x".formatted(number);
    }

    /** An ended root. */
    static Span root(UUID workspaceId, int trace) {
        return span(workspaceId, trace, 1);
    }

    /** An ended span: number 1 is the root, all others its children. */
    static Span span(UUID workspaceId, int trace, int number) {
        return span(workspaceId, trace, number, START.plusSeconds(60), Attributes.empty());
    }

    /** A span with end and further attributes. */
    static Span span(UUID workspaceId, int trace, int number, Instant end, Attributes attributes) {
        var all = Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, workspaceId.toString())
                .put(AttributeKeys.RELEASE_TARGET_KEY, "api-service-production")
                .put(AttributeKeys.PHASE, number == 1 ? "reconciliation" : "planning")
                .put(AttributeKeys.NODE_TYPE, number == 1 ? "phase" : "evaluation")
                .put(AttributeKeys.STATUS, end == null ? "running" : "completed")
                .put(AttributeKeys.DEPTH, number == 1 ? 0 : 1)
                .put(AttributeKeys.SEQUENCE, number - 1)
                .putAll(attributes)
                .build();
        return new Span(
                traceId(trace),
                spanId(number),
                number == 1 ? null : spanId(1),
                number == 1 ? "Reconciliation" : "Rule " + number,
                START.plusMillis(number),
                end,
                all,
                List.of());
    }

    /** An open span with a number of events. */
    static Span open(UUID workspaceId, int trace, int number, int events) {
        var span = span(workspaceId, trace, number, null, Attributes.empty());
        var list = new ArrayList<SpanEvent>();
        for (var i = 0; i < events; i++) {
            list.add(new SpanEvent("event " + i, START.plusNanos(i), Attributes.of("index", i)));
        }
        return withEvents(span, list);
    }

    /** A whole trace. */
    static List<Span> trace(UUID workspaceId, int trace, int size) {
        var spans = new ArrayList<Span>();
        for (var number = 1; number <= size; number++) {
            spans.add(span(workspaceId, trace, number));
        }
        return spans;
    }

    /** The span with further attributes. */
    static Span with(Span span, Attributes attributes) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                span.endTime(),
                span.attributes().toBuilder().putAll(attributes).build(),
                span.events());
    }

    /** The span with these events. */
    static Span withEvents(Span span, List<SpanEvent> events) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                span.endTime(),
                span.attributes(),
                events);
    }

    /** All stored spans, by trace and span id. */
    static List<Span> stored(DataSource dataSource) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select " + SpanRow.COLUMNS + " from deployment_trace_span span order by trace_id, span_id")) {
            var spans = new ArrayList<Span>();
            while (rows.next()) {
                spans.add(SpanRow.read(rows));
            }
            return spans;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
