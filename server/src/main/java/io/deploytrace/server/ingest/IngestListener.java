package io.deploytrace.server.ingest;

/**
 * Is told what becomes of the spans that are sent, for metrics. Called by several threads at once, with counts of spans; be quick.
 * What it throws fails the request.
 */
public interface IngestListener {

    /** A listener that does nothing. */
    IngestListener NONE = new IngestListener() {};

    /** A request came with so many spans. Each is later told of as stored, as a duplicate or as rejected, unless the store failed. */
    default void received(int spans) {}

    /** The store committed spans that it didn't hold, or not in this version. */
    default void stored(int spans) {}

    /** The store held spans already, or the request named them twice. */
    default void duplicates(int spans) {}

    /** Spans were rejected. */
    default void rejected(RejectionReason reason, int spans) {}

    /** Spans were neither stored nor rejected, since the store failed; the sender is to send them again. */
    default void failed(int spans) {}
}
