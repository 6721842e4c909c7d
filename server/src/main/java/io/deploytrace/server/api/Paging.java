package io.deploytrace.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for. Its cursor is good for the list, the workspace and the filter that it was handed out for, and carries
 * the time of the first page, from which times such as 24h count back on all pages. It is no secret: whoever forges one gets to
 * another page of what they may read.
 *
 * @param limit the most entries
 * @param storeCursor where the page begins, in the store's words; null for the first
 * @param now the time of the first page
 * @param binding what cursors are bound to
 */
record Paging(int limit, @Nullable String storeCursor, Instant now, String binding) {

    private static final int CHECK_BYTES = 16;

    /**
     * What the parameters ask for.
     *
     * @param list the name of the list
     * @throws ProblemException if the limit or the cursor isn't valid
     */
    static Paging of(String list, UUID workspaceId, Parameters parameters, Instant now) {
        var binding = list + "\0" + workspaceId + "\0" + parameters.filter();
        var cursor = parameters.text(Parameters.CURSOR);
        var limit = parameters.limit();
        if (cursor == null) {
            return new Paging(limit, null, now.truncatedTo(ChronoUnit.MILLIS), binding);
        }
        var payload = ByteBuffer.wrap(payload(cursor, binding));
        var first = Instant.ofEpochMilli(payload.getLong());
        return new Paging(limit, StandardCharsets.UTF_8.decode(payload).toString(), first, binding);
    }

    private static byte[] payload(String cursor, String binding) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length > CHECK_BYTES + Long.BYTES && text(bytes).equals(cursor)) {
                var payload = Arrays.copyOfRange(bytes, CHECK_BYTES, bytes.length);
                if (Arrays.equals(check(binding, payload), Arrays.copyOf(bytes, CHECK_BYTES))) {
                    return payload;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
        throw invalid();
    }

    static ProblemException invalid() {
        return new ProblemException(
                Problem.INVALID_CURSOR,
                "The cursor isn't one that was handed out for this list, workspace and filter. Send nextCursor of the page"
                        + " before unchanged and with the same parameters, or no cursor to begin anew.",
                Parameters.CURSOR,
                List.of());
    }

    /** A checksum of a payload and what it is bound to. */
    static byte[] check(String binding, byte[] payload) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(binding.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(payload), CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** What the store is asked for. */
    PageRequest request() {
        return new PageRequest(limit, storeCursor);
    }

    /**
     * Reads a page of the store's list.
     *
     * @throws ProblemException if the store's cursor, which came within ours, is none of its own
     */
    static <T> Page<T> read(PageRequest asked, Function<PageRequest, Page<T>> list) {
        return valid(() -> list.apply(asked));
    }

    /** As {@link #read}, of whatever is read with a cursor. */
    static <T> T valid(Supplier<T> read) {
        try {
            return read.get();
        } catch (SpanStoreException e) {
            if (e.reason() == SpanStoreException.Reason.INVALID_SPAN) {
                throw invalid();
            }
            throw e;
        }
    }

    /** Writes an entry of a list. */
    @FunctionalInterface
    interface Entry<T> {
        void write(JsonGenerator json, T entry) throws IOException;
    }

    /** The page as an answer, with the cursor of the next. */
    <T> Answer answer(String list, Page<T> page, Entry<T> entry) {
        return Answer.whole(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(list);
            for (var item : page.items()) {
                entry.write(json, item);
            }
            json.writeEndArray();
            json.writeStringField("nextCursor", next(page.nextCursor()));
            json.writeEndObject();
        });
    }

    /** The cursor of the page that begins there; null if there is none. */
    @Nullable String next(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var position = cursor.getBytes(StandardCharsets.UTF_8);
        var payload = ByteBuffer.allocate(Long.BYTES + position.length)
                .putLong(now.toEpochMilli())
                .put(position)
                .array();
        var bytes = ByteBuffer.allocate(CHECK_BYTES + payload.length)
                .put(check(binding, payload))
                .put(payload)
                .array();
        return text(bytes);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
