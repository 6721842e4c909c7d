package io.deploytrace.store;

/**
 * What a write did, counted in distinct spans: inserted + updated + unchanged + held is the number of distinct span keys.
 *
 * @param inserted spans that were new
 * @param updated open spans that were completed or refreshed
 * @param unchanged spans that the store held already, as new or newer
 * @param held spans that a writer in front of the store keeps on durable storage, to store them later; a store itself
 *     holds none
 */
public record WriteResult(int inserted, int updated, int unchanged, int held) {

    /** The result of writing nothing. */
    public static final WriteResult NOTHING = new WriteResult(0, 0, 0);

    /** A result of a store, which holds nothing back. */
    public WriteResult(int inserted, int updated, int unchanged) {
        this(inserted, updated, unchanged, 0);
    }

    /** The sum of both, part by part. */
    public WriteResult plus(WriteResult other) {
        return new WriteResult(
                inserted + other.inserted, updated + other.updated, unchanged + other.unchanged, held + other.held);
    }
}
