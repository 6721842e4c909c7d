package io.deploytrace.store;

/**
 * What a write did, counted in distinct spans: inserted + updated + unchanged is the number of distinct span keys.
 *
 * @param inserted spans that were new
 * @param updated open spans that were completed or refreshed
 * @param unchanged spans that the store held already, as new or newer
 */
public record WriteResult(int inserted, int updated, int unchanged) {

    /** The result of writing nothing. */
    public static final WriteResult NOTHING = new WriteResult(0, 0, 0);
}
