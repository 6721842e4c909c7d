package io.deploytrace.server.ingest;

/** Adds up what the spans of one request take in memory, and stops it before it is taken: a resource counts for each of its spans. */
final class RequestSize {

    static final int SPAN = 300;
    static final int ELEMENT = 100;

    /** The request is too large. */
    static final class Exceeded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Exceeded() {
            super(null, null, false, false);
        }
    }

    private final int limit;
    private long size;

    RequestSize(int limit) {
        this.limit = limit;
    }

    /** So far, in estimated bytes. */
    long soFar() {
        return size;
    }

    /** Adds an attribute, an event, a link or an element of a list or map. */
    void addElement() {
        add(ELEMENT);
    }

    /**
     * Adds so many bytes.
     *
     * @throws Exceeded if that is too much
     */
    void add(long bytes) {
        size += bytes;
        if (size > limit) {
            throw new Exceeded();
        }
    }
}
