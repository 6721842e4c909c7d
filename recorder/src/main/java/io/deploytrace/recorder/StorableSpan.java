package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.SpanNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings a span within the limits of {@link SpanBatch}: for the sake of one value that is too large a store would refuse the
 * whole trace. What had to be cut says so in the span itself.
 */
final class StorableSpan {

    private final Span span;
    private final StorableValues values;
    private final Consumer<String> warnings;

    private StorableSpan(Span span, Consumer<String> warnings) {
        this.span = span;
        this.values = new StorableValues(warnings);
        this.warnings = warnings;
    }

    /** The span to store, mostly the same one; the warnings are told what was changed. */
    static Span of(Span span, Consumer<String> warnings) {
        return StorableCheck.passes(span) ? span : new StorableSpan(span, warnings).changed();
    }

    private Span changed() {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                values.text("the name of a span", span.name()),
                span.startTime(),
                span.endTime(),
                attributes(span.attributes()),
                events());
    }

    private List<SpanEvent> events() {
        var events = span.events();
        var kept = events.size() > SpanBatch.MAXIMUM_EVENTS ? SpanBatch.MAXIMUM_EVENTS - 1 : events.size();
        var changed = new ArrayList<SpanEvent>(kept + 1);
        for (var event : events.subList(0, kept)) {
            changed.add(new SpanEvent(
                    values.text("the name of an event", event.name()), event.time(), attributes(event.attributes())));
        }
        if (kept < events.size()) {
            changed.add(cutEvents(events.size() - kept, events.get(kept)));
        }
        return changed;
    }

    private SpanEvent cutEvents(int count, SpanEvent first) {
        warnings.accept("The last %d events of span '%s' were cut: the most that can be stored is %d."
                .formatted(count, span.name(), SpanBatch.MAXIMUM_EVENTS));
        return new SpanEvent(SpanNames.CUT_EVENT, first.time(), Attributes.of(AttributeKeys.CUT_COUNT, count));
    }

    private Attributes attributes(Attributes attributes) {
        if (attributes.size() > SpanBatch.MAXIMUM_ATTRIBUTES) {
            return cutAttributes(attributes);
        }
        var builder = Attributes.builder();
        attributes.asMap().forEach((key, value) -> values.put(builder, key, value));
        return builder.build();
    }

    /** Keeps all of our own attributes and as many of the others as fit. */
    private Attributes cutAttributes(Attributes attributes) {
        var own = attributes.asMap().keySet().stream()
                .filter(key -> key.startsWith(AttributeKeys.PREFIX))
                .count();
        var others = SpanBatch.MAXIMUM_ATTRIBUTES - 1 - own;
        var builder = Attributes.builder();
        for (var entry : attributes.asMap().entrySet()) {
            if (entry.getKey().startsWith(AttributeKeys.PREFIX) || others-- > 0) {
                values.put(builder, entry.getKey(), entry.getValue());
            }
        }
        var cut = attributes.size() - (SpanBatch.MAXIMUM_ATTRIBUTES - 1);
        warnings.accept("%d attributes of span '%s' were cut: the most that can be stored is %d."
                .formatted(cut, span.name(), SpanBatch.MAXIMUM_ATTRIBUTES));
        return builder.put(AttributeKeys.CUT_COUNT, cut).build();
    }
}
