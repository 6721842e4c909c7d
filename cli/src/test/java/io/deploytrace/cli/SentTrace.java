package io.deploytrace.cli;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A trace as a client of OpenTelemetry has it, to be sent in one request.
 *
 * @param spans its spans
 */
record SentTrace(List<SpanData> spans) {

    /** What a span says, wherever it is. */
    record Content(String name, Instant start, Instant end, Map<String, Object> attributes, List<SpanEvent> events) {}

    /** One of 1 to 12 spans. */
    static SentTrace random(Random random) {
        var spans = new ArrayList<SpanData>();
        try (var provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(collecting(spans)))
                .build()) {
            var tracer = provider.get("kill-test");
            var root = tracer.spanBuilder("root").setNoParent().startSpan();
            for (var left = random.nextInt(12); left > 0; left--) {
                var child = tracer.spanBuilder("step " + left)
                        .setParent(Context.root().with(root))
                        .setAttribute("number", random.nextLong())
                        .setAttribute("text", "x".repeat(random.nextInt(2_000)))
                        .setAttribute(AttributeKey.doubleArrayKey("shares"), List.of(random.nextDouble()))
                        .startSpan();
                child.addEvent(
                        "note",
                        io.opentelemetry.api.common.Attributes.of(AttributeKey.longKey("value"), random.nextLong()));
                child.end();
            }
            root.end();
        }
        return new SentTrace(List.copyOf(spans));
    }

    private static SpanExporter collecting(List<SpanData> spans) {
        return new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> ended) {
                spans.addAll(ended);
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode flush() {
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode shutdown() {
                return CompletableResultCode.ofSuccess();
            }
        };
    }

    /** The id it was sent with. */
    String traceId() {
        return spans.get(0).getTraceId();
    }

    /** What must be stored, by span id. */
    Map<String, Content> contents() {
        var contents = new HashMap<String, Content>();
        spans.forEach(span -> contents.put(span.getSpanId(), content(span)));
        return contents;
    }

    private static Content content(SpanData span) {
        var events = span.getEvents().stream()
                .map(event -> new SpanEvent(
                        event.getName(), instant(event.getEpochNanos()), attributes(event.getAttributes())))
                .toList();
        var plain = new Span(
                span.getTraceId(),
                span.getSpanId(),
                null,
                span.getName(),
                instant(span.getStartEpochNanos()),
                instant(span.getEndEpochNanos()),
                attributes(span.getAttributes()),
                events);
        return content(plain);
    }

    /** What a stored span says, without what says where it came from. */
    static Content content(Span span) {
        var attributes = new HashMap<String, Object>();
        span.attributes().asMap().forEach((key, value) -> {
            if (!key.matches("(resource|otel|ctrlplane)\\..*")) {
                attributes.put(key, value);
            }
        });
        return new Content(span.name(), span.startTime(), span.endTime(), attributes, span.events());
    }

    private static Attributes attributes(io.opentelemetry.api.common.Attributes sent) {
        var attributes = Attributes.builder();
        sent.forEach((key, value) -> attributes.put(key.getKey(), value));
        return attributes.build();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
