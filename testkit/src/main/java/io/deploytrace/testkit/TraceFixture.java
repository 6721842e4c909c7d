package io.deploytrace.testkit;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.SpanNames;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds a trace span by span: each gets the next sequence, the depth of its parent plus one, and starts 100 ms after the one
 * before and lasts 50 ms. Not safe for use by several threads.
 */
public final class TraceFixture {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration LENGTH = Duration.ofMillis(50);

    private final Fixtures fixtures;
    private final List<Span> spans = new ArrayList<>();
    private final String traceId;
    private Attributes common;
    private Instant time;

    TraceFixture(Fixtures fixtures, UUID workspaceId, String traceId, Instant start) {
        this.fixtures = fixtures;
        this.traceId = traceId;
        this.common = Attributes.of(AttributeKeys.WORKSPACE_ID, workspaceId);
        this.time = start;
    }

    /** The trace. */
    public String traceId() {
        return traceId;
    }

    /** Gives the spans from here on an attribute; null leaves it as it is. */
    public TraceFixture with(String key, @Nullable Object value) {
        common = common.toBuilder().put(key, value).build();
        return this;
    }

    /** Gives the spans from here on a release target. */
    public TraceFixture target(String releaseTargetKey) {
        return with(AttributeKeys.RELEASE_TARGET_KEY, releaseTargetKey);
    }

    /** Gives the spans from here on a release. */
    public TraceFixture release(String releaseId) {
        return with(AttributeKeys.RELEASE_ID, releaseId);
    }

    /** Adds the root of a reconciliation. */
    public Span root(Status status) {
        return add(null, SpanNames.RECONCILIATION, Phase.RECONCILIATION, NodeType.PHASE, status);
    }

    /** Adds an ended span. */
    public Span add(@Nullable Span parent, String name, Phase phase, NodeType type, Status status) {
        return add(parent, name, phase, type, status, Attributes.empty());
    }

    /** Adds an ended span with further attributes. */
    public Span add(
            @Nullable Span parent, String name, Phase phase, NodeType type, Status status, Attributes attributes) {
        var all = common.toBuilder()
                .put(AttributeKeys.PHASE, phase.value())
                .put(AttributeKeys.NODE_TYPE, type.value())
                .put(AttributeKeys.STATUS, status.value())
                .put(AttributeKeys.DEPTH, parent == null || parent.depth() == null ? 0 : parent.depth() + 1)
                .put(AttributeKeys.SEQUENCE, spans.size())
                .putAll(attributes);
        time = time.plus(STEP);
        return add(new Span(
                traceId,
                fixtures.spanId(),
                parent == null ? null : parent.spanId(),
                name,
                time,
                status == Status.RUNNING ? null : time.plus(LENGTH),
                all.build(),
                List.of()));
    }

    /** Adds a span as it is. */
    public Span add(Span span) {
        spans.add(span);
        return span;
    }

    /** Puts events on the span that was added last. */
    public Span noting(SpanEvent... events) {
        var span = spans.remove(spans.size() - 1);
        return add(new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                span.endTime(),
                span.attributes(),
                List.of(events)));
    }

    /** An event at the start of the span that was added last. */
    public SpanEvent event(String name, Attributes attributes) {
        return new SpanEvent(name, time.plusNanos(1_234_567), attributes);
    }

    /** The spans so far, in sequence. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }
}
