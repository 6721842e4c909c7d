package io.deploytrace.server.api;

import io.deploytrace.store.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses the pieces of a body one by one: what is in memory is one piece, however long the body is. */
final class GzipPieces implements Answer.Pieces {

    private final Answer.@Nullable Pieces rest;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;
    private boolean ended;

    GzipPieces(Answer.@Nullable Pieces rest) {
        this.rest = rest;
        try {
            gzip = new GZIPOutputStream(compressed, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first piece, which is all if there are no others. */
    byte[] first(byte[] piece) {
        return take(piece, rest == null);
    }

    @Override
    public byte @Nullable [] next(Deadline deadline) {
        if (ended || rest == null) {
            return null;
        }
        var piece = rest.next(deadline);
        return take(piece == null ? new byte[0] : piece, piece == null);
    }

    private byte[] take(byte[] piece, boolean isLast) {
        try {
            gzip.write(piece);
            if (isLast) {
                ended = true;
                gzip.close();
            } else {
                gzip.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var bytes = compressed.toByteArray();
        compressed.reset();
        return bytes;
    }
}
