package io.deploytrace.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Where a page of a list ended, as every store hands it out in {@link Page#nextCursor()}: the name of the list and
 * the position of the page's last entry. As text it is base64url, safe in a URL and on a command line. A checksum
 * tells a damaged text from a sound one; it is no signature. A cursor carries no workspace and grants nothing.
 *
 * @param list the list it belongs to, so that a cursor of one list isn't taken for one of another; without NUL
 * @param position what the list is ordered by, without NUL; not null, unmodifiable
 */
public record PageCursor(String list, List<String> position) {

    private static final String SEPARATOR = "\0";

    /** Copies the position. */
    public PageCursor {
        position = List.copyOf(position);
    }

    /** The cursor of a position. */
    public static PageCursor of(String list, String... position) {
        return new PageCursor(list, List.of(position));
    }

    /**
     * Reads a cursor.
     *
     * @param list the list that is being read
     * @param size the number of parts that its positions have
     * @throws SpanStoreException with {@link SpanStoreException.Reason#INVALID_SPAN} if the text isn't a cursor of
     *     that list
     */
    public static PageCursor parse(String list, int size, String text) {
        var parts = payload(text).split(SEPARATOR, -1);
        if (!parts[0].equals(list)) {
            throw invalid(text, "belongs to the list \"" + parts[0] + "\", not to \"" + list + "\"");
        }
        if (parts.length != size + 1) {
            throw invalid(text, "is none that this store handed out");
        }
        return of(list, Arrays.copyOfRange(parts, 1, parts.length));
    }

    private static String payload(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() > Integer.BYTES && bytes.getInt() == checksum(bytes.slice())) {
                return StandardCharsets.UTF_8.decode(bytes).toString();
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid(text, "is no base64url text");
        }
        throw invalid(text, "is damaged");
    }

    private static int checksum(ByteBuffer bytes) {
        var checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static SpanStoreException invalid(String text, String problem) {
        var shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return new SpanStoreException(
                SpanStoreException.Reason.INVALID_SPAN,
                "The cursor \"" + shown + "\" " + problem
                        + ". Pass the cursor of the page before unchanged, or none to begin anew.");
    }

    /** The cursor as text. */
    public String text() {
        var payload = (list + SEPARATOR + String.join(SEPARATOR, position)).getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(Integer.BYTES + payload.length)
                .putInt(checksum(ByteBuffer.wrap(payload)))
                .put(payload);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * A part of the position that is a time, as {@link Instant#toString()} writes it.
     *
     * @throws SpanStoreException with {@link SpanStoreException.Reason#INVALID_SPAN} if it is none
     */
    public Instant time(int index) {
        try {
            return Instant.parse(position.get(index));
        } catch (DateTimeException notATime) {
            throw invalid(text(), "names no time");
        }
    }
}
