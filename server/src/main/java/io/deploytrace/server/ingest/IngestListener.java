package io.deploytrace.server.ingest;

/**
 * Is told what becomes of the spans that are sent, for metrics. Called by several threads at once, with counts of spans; be quick.
 * What it throws is logged and has no other effect.
 */
public interface IngestListener {

    /** A listener that does nothing. */
    IngestListener NONE = new IngestListener() {};

    /** A request came with so many spans. Each is told of once more: as stored, duplicate, rejected or failed. */
    default void received(int spans) {}

    /** The store committed spans that it didn't hold, or not in this version. */
    default void stored(int spans) {}

    /** The store held spans already, or the request named them twice. */
    default void duplicates(int spans) {}

    /** Spans were rejected. */
    default void rejected(RejectionReason reason, int spans) {}

    /**
     * A request with so many spans failed with the store, and the sender is to send it again. Some may be stored; they will be told
     * of as duplicates then.
     */
    default void failed(int spans) {}
}
