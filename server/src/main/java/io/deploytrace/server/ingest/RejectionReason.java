package io.deploytrace.server.ingest;

import java.util.Locale;

/** Why spans were rejected; sending them again, unchanged, is of no use. */
public enum RejectionReason {
    /** An id, a time, a text or a type that no store takes. */
    INVALID_SPAN,
    /** The request holds more spans than {@link IngestLimits#spansPerRequest()}. */
    TOO_MANY_SPANS,
    /** The request needs more memory than {@link IngestLimits#requestSize()}. */
    REQUEST_TOO_LARGE,
    /** The span, its resource or its scope has more attributes than {@link IngestLimits#attributesPerSpan()}. */
    TOO_MANY_ATTRIBUTES,
    /** The span has more events than {@link IngestLimits#eventsPerSpan()}. */
    TOO_MANY_EVENTS,
    /** The span has more links than {@link IngestLimits#linksPerSpan()}. */
    TOO_MANY_LINKS,
    /** An event or a link has more attributes than {@link IngestLimits#attributesPerEvent()}. */
    TOO_MANY_EVENT_ATTRIBUTES,
    /** A text is longer than {@link IngestLimits#valueLength()}. */
    VALUE_TOO_LONG,
    /** An attribute is nested deeper than {@link IngestLimits#nesting()}. */
    TOO_DEEPLY_NESTED,
    /** The span names another workspace than that of the sender's key. */
    WRONG_WORKSPACE,
    /** There is no such workspace. */
    UNKNOWN_WORKSPACE,
    /** A job sent spans of its parent's own trace. */
    FOREIGN_TRACE,
    /** The span's ids belong to another span. */
    CONFLICT;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The word for it in metrics, headers and documents, such as {@code invalid_span}. */
    public String label() {
        return label;
    }
}
