package io.deploytrace.server.api;

import io.deploytrace.store.Deadline;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a question: what to send, in one piece or in several that are read from the store one by one. Immutable but for its rest. */
public final class Answer {

    private static final String ETAG = "etag";
    private static final String ENCODED = "-gzip\"";
    private static final int WORTH_COMPRESSING = 1_024;

    private final int status;
    private final Map<String, String> headers;
    private final byte[] first;
    private final @Nullable Pieces rest;

    /** The pieces of a body. Not safe for use by several threads at once. */
    @FunctionalInterface
    public interface Pieces {

        /**
         * The next piece; null at the end.
         *
         * @throws io.deploytrace.store.SpanStoreException if the store can't answer: the body can't be completed
         */
        byte @Nullable [] next(Deadline deadline);
    }

    private Answer(int status, Map<String, String> headers, byte[] first, @Nullable Pieces rest) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.first = first;
        this.rest = rest;
    }

    /** An answer in one piece. */
    static Answer whole(JsonText.Body body) {
        return new Answer(200, Map.of(), JsonText.of(body), null);
    }

    /** An answer in several pieces; the rest is null if there is no more than the first. */
    static Answer inPieces(byte[] first, @Nullable Pieces rest) {
        return new Answer(200, Map.of(), first, rest);
    }

    /** That the client has what it asks for. */
    static Answer notModified(String etag) {
        return new Answer(304, caching(etag), new byte[0], null);
    }

    /** The same, which the client may keep and ask whether it still is so. */
    Answer withEtag(String etag) {
        return new Answer(status, caching(etag), first, rest);
    }

    private static Map<String, String> caching(String etag) {
        return Map.of(ETAG, etag, "cache-control", "private, no-cache");
    }

    /** The validator of the same, compressed. */
    static String gzipped(String etag) {
        return etag.substring(0, etag.length() - 1) + ENCODED;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The headers that aren't those of every answer; unmodifiable. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body, or its first piece; not a copy. */
    public byte[] first() {
        return first;
    }

    /** The further pieces; null if there are none. */
    public @Nullable Pieces rest() {
        return rest;
    }

    /** The same, compressed where it is worth it. A strong validator isn't that of the other coding, so it is another one. */
    public Answer gzipped() {
        if (rest == null && first.length < WORTH_COMPRESSING) {
            return this;
        }
        var coded = new LinkedHashMap<>(headers);
        coded.put("content-encoding", "gzip");
        coded.computeIfPresent(ETAG, (name, etag) -> gzipped(etag));
        var gzip = new GzipPieces(rest);
        return new Answer(status, coded, gzip.first(first), rest == null ? null : gzip);
    }
}
