package io.deploytrace.server.ingest;

import io.deploytrace.store.SpanBatch;
import java.util.function.Consumer;

/**
 * How much one request, and one span, may hold. Immutable; begin with {@link #DEFAULTS} and change what is to differ.
 *
 * @param spansPerRequest the most spans of a request, 1 to 1,000,000; default 10,000
 * @param attributesPerSpan the most attributes of a span, and of a resource and of a scope, 1 to 10,000; default 512
 * @param eventsPerSpan the most events of a span, 0 to 10,000; default 1,000
 * @param linksPerSpan the most links of a span, 0 to 10,000; default 128
 * @param attributesPerEvent the most attributes of an event and of a link, 1 to 10,000; default 128
 * @param valueLength the most characters (UTF-16 units) of a key, a text value or a name, 64 to 1,048,576; default 1,048,576
 * @param nesting the most levels of lists and maps within one attribute, 0 to 64; default 64
 * @param requestSize the most memory that the spans of one request may take, in estimated bytes: 300 for a span, 100 for each
 *     event, link, attribute and element, also for each attribute that a span has from its resource and scope, and one for each
 *     character of a text. 1,024 to 1,073,741,824; default 67,108,864 (64 MiB)
 */
public record IngestLimits(
        int spansPerRequest,
        int attributesPerSpan,
        int eventsPerSpan,
        int linksPerSpan,
        int attributesPerEvent,
        int valueLength,
        int nesting,
        int requestSize) {

    /** The defaults. */
    public static final IngestLimits DEFAULTS = new IngestLimits(
            10_000, 512, 1_000, 128, 128, SpanBatch.MAXIMUM_TEXT_LENGTH, SpanBatch.MAXIMUM_NESTING, 64 << 20);

    /** The most that can be stored, for senders that are trusted. */
    public static final IngestLimits HIGHEST = new IngestLimits(
            1_000_000,
            SpanBatch.MAXIMUM_ATTRIBUTES,
            SpanBatch.MAXIMUM_EVENTS,
            10_000,
            SpanBatch.MAXIMUM_ATTRIBUTES,
            SpanBatch.MAXIMUM_TEXT_LENGTH,
            SpanBatch.MAXIMUM_NESTING,
            1 << 30);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is outside its range; the message names it
     */
    public IngestLimits {
        check("spansPerRequest", spansPerRequest, 1, 1_000_000);
        check("attributesPerSpan", attributesPerSpan, 1, SpanBatch.MAXIMUM_ATTRIBUTES);
        check("eventsPerSpan", eventsPerSpan, 0, SpanBatch.MAXIMUM_EVENTS);
        check("linksPerSpan", linksPerSpan, 0, 10_000);
        check("attributesPerEvent", attributesPerEvent, 1, SpanBatch.MAXIMUM_ATTRIBUTES);
        check("valueLength", valueLength, 64, SpanBatch.MAXIMUM_TEXT_LENGTH);
        check("nesting", nesting, 0, SpanBatch.MAXIMUM_NESTING);
        check("requestSize", requestSize, 1_024, 1 << 30);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be %d to %d, but is %d".formatted(name, least, most, value));
        }
    }

    /** The same with this {@link #spansPerRequest()}. */
    public IngestLimits withSpansPerRequest(int limit) {
        return with(change -> change.spansPerRequest = limit);
    }

    /** The same with this {@link #attributesPerSpan()}. */
    public IngestLimits withAttributesPerSpan(int limit) {
        return with(change -> change.attributesPerSpan = limit);
    }

    /** The same with this {@link #eventsPerSpan()}. */
    public IngestLimits withEventsPerSpan(int limit) {
        return with(change -> change.eventsPerSpan = limit);
    }

    /** The same with this {@link #linksPerSpan()}. */
    public IngestLimits withLinksPerSpan(int limit) {
        return with(change -> change.linksPerSpan = limit);
    }

    /** The same with this {@link #attributesPerEvent()}. */
    public IngestLimits withAttributesPerEvent(int limit) {
        return with(change -> change.attributesPerEvent = limit);
    }

    /** The same with this {@link #valueLength()}. */
    public IngestLimits withValueLength(int limit) {
        return with(change -> change.valueLength = limit);
    }

    /** The same with this {@link #nesting()}. */
    public IngestLimits withNesting(int limit) {
        return with(change -> change.nesting = limit);
    }

    /** The same with this {@link #requestSize()}. */
    public IngestLimits withRequestSize(int limit) {
        return with(change -> change.requestSize = limit);
    }

    private IngestLimits with(Consumer<Change> change) {
        var changed = new Change(this);
        change.accept(changed);
        return changed.limits();
    }

    /** The limits one by one, so that each copy names the one that differs and no other. */
    private static final class Change {

        private int spansPerRequest;
        private int attributesPerSpan;
        private int eventsPerSpan;
        private int linksPerSpan;
        private int attributesPerEvent;
        private int valueLength;
        private int nesting;
        private int requestSize;

        Change(IngestLimits limits) {
            spansPerRequest = limits.spansPerRequest;
            attributesPerSpan = limits.attributesPerSpan;
            eventsPerSpan = limits.eventsPerSpan;
            linksPerSpan = limits.linksPerSpan;
            attributesPerEvent = limits.attributesPerEvent;
            valueLength = limits.valueLength;
            nesting = limits.nesting;
            requestSize = limits.requestSize;
        }

        IngestLimits limits() {
            return new IngestLimits(
                    spansPerRequest,
                    attributesPerSpan,
                    eventsPerSpan,
                    linksPerSpan,
                    attributesPerEvent,
                    valueLength,
                    nesting,
                    requestSize);
        }
    }
}
