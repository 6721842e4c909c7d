package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.SpanNames;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the span that a store writes from an OpenTelemetry span, within the limits of {@link SpanBatch}: for the sake of one
 * value that is too large a store would refuse the whole trace. What had to be cut says so in the span itself.
 */
final class SpanConversion {

    private static final long NANOSECONDS_PER_SECOND = 1_000_000_000L;

    private final SpanData data;
    private final StorableValues values;
    private final Consumer<String> warnings;

    private SpanConversion(SpanData data, Consumer<String> warnings) {
        this.data = data;
        this.values = new StorableValues(warnings);
        this.warnings = warnings;
    }

    /** The span to store; the warnings are told what was changed. */
    static Span convert(SpanData data, Consumer<String> warnings) {
        return new SpanConversion(data, warnings).convert();
    }

    private Span convert() {
        return new Span(
                data.getTraceId(),
                data.getSpanId(),
                SpanId.isValid(data.getParentSpanId()) ? data.getParentSpanId() : null,
                data.getName().isEmpty() ? SpanNames.UNNAMED : values.text("the name of a span", data.getName()),
                instant(data.getStartEpochNanos()),
                endTime(),
                attributes(data.getAttributes()),
                events());
    }

    private @Nullable Instant endTime() {
        return data.hasEnded() ? instant(Math.max(data.getStartEpochNanos(), data.getEndEpochNanos())) : null;
    }

    private List<SpanEvent> events() {
        var events = data.getEvents();
        var kept = events.size() > SpanBatch.MAXIMUM_EVENTS ? SpanBatch.MAXIMUM_EVENTS - 1 : events.size();
        var converted = new ArrayList<SpanEvent>(kept + 1);
        for (var event : events.subList(0, kept)) {
            converted.add(convert(event));
        }
        if (kept < events.size()) {
            converted.add(cutEvents(events.size() - kept, events.get(kept).getEpochNanos()));
        }
        return converted;
    }

    private SpanEvent cutEvents(int count, long epochNanos) {
        warnings.accept("The last %d events of span '%s' were cut: the most that can be stored is %d."
                .formatted(count, data.getName(), SpanBatch.MAXIMUM_EVENTS));
        var attributes = Attributes.of(AttributeKeys.CUT_COUNT, count);
        return new SpanEvent(SpanNames.CUT_EVENT, instant(epochNanos), attributes);
    }

    private SpanEvent convert(EventData event) {
        return new SpanEvent(
                values.text("the name of an event", event.getName()),
                instant(event.getEpochNanos()),
                attributes(event.getAttributes()));
    }

    private Attributes attributes(io.opentelemetry.api.common.Attributes attributes) {
        if (attributes.isEmpty()) {
            return Attributes.empty();
        }
        if (attributes.size() > SpanBatch.MAXIMUM_ATTRIBUTES) {
            return cutAttributes(attributes);
        }
        var builder = Attributes.builder();
        attributes.forEach((key, value) -> values.put(builder, key.getKey(), value));
        return builder.build();
    }

    /** Keeps all of our own attributes and as many of the others as fit. */
    private Attributes cutAttributes(io.opentelemetry.api.common.Attributes attributes) {
        var own = attributes.asMap().keySet().stream()
                .filter(key -> key.getKey().startsWith(AttributeKeys.PREFIX))
                .count();
        var others = SpanBatch.MAXIMUM_ATTRIBUTES - 1 - own;
        var builder = Attributes.builder();
        for (var entry : attributes.asMap().entrySet()) {
            var key = entry.getKey().getKey();
            if (key.startsWith(AttributeKeys.PREFIX) || others-- > 0) {
                values.put(builder, key, entry.getValue());
            }
        }
        var cut = attributes.size() - (SpanBatch.MAXIMUM_ATTRIBUTES - 1);
        warnings.accept("%d attributes of span '%s' were cut: the most that can be stored is %d."
                .formatted(cut, data.getName(), SpanBatch.MAXIMUM_ATTRIBUTES));
        return builder.put(AttributeKeys.CUT_COUNT, cut).build();
    }

    private static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOSECONDS_PER_SECOND), Math.floorMod(epochNanos, NANOSECONDS_PER_SECOND));
    }
}
