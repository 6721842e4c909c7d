package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the readable records of a file that an earlier process left, and tells a torn end from damage. */
final class SegmentScan {

    private static final int BLOCK = 64 * 1_024;

    private final SpoolFile file;
    private final long size;
    private final List<Found> found = new ArrayList<>();
    private final List<String> damages = new ArrayList<>();
    private long tornBytes;

    private SegmentScan(SpoolFile file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /**
     * Reads the whole file.
     *
     * @throws IOException if it can't be read, or is of a later version
     */
    static SegmentScan of(SpoolFiles files, Path path) throws IOException {
        try (var file = files.open(path)) {
            var scan = new SegmentScan(file);
            scan.run();
            return scan;
        }
    }

    /** A record and where its frame begins. */
    record Found(long position, Frame frame) {}

    List<Found> found() {
        return found;
    }

    /** What is damaged, a sentence each; empty if nothing is. */
    List<String> damages() {
        return damages;
    }

    /** How many bytes at the end were only half-written. */
    long tornBytes() {
        return tornBytes;
    }

    long size() {
        return size;
    }

    private void run() throws IOException {
        if (size < SegmentHeader.SIZE || isZeroFrom(0)) {
            tornBytes = size;
            return;
        }
        var mark = mark();
        if (mark == null) {
            damages.add("neither its beginning nor its first record can be read");
            return;
        }
        var position = (long) SegmentHeader.SIZE;
        while (position < size) {
            position = next(position, mark);
        }
    }

    private @Nullable Long mark() throws IOException {
        var header = SegmentHeader.read(bytes(0, SegmentHeader.SIZE));
        if (header == null) {
            damages.add("its first " + SegmentHeader.SIZE + " bytes are damaged");
            return markOfFirstRecord();
        }
        if (header.version() > SegmentHeader.VERSION) {
            throw new IOException("it is of version " + header.version() + ", and this program reads version "
                    + SegmentHeader.VERSION + " (the later program can still empty the spool)");
        }
        return header.mark();
    }

    private @Nullable Long markOfFirstRecord() throws IOException {
        if (size < SegmentHeader.SIZE + Frame.SIZE) {
            return null;
        }
        var bytes = bytes(SegmentHeader.SIZE, Frame.SIZE);
        var mark = ByteBuffer.wrap(bytes).getLong();
        return Frame.read(bytes, mark) == null ? null : mark;
    }

    /** Takes the record at the position if there is one, and says where to go on. */
    private long next(long position, long mark) throws IOException {
        if (size - position < Frame.SIZE) {
            return torn(position);
        }
        var frame = Frame.read(bytes(position, Frame.SIZE), mark);
        if (frame == null) {
            return withoutFrame(position, mark);
        }
        var end = position + Frame.SIZE + frame.length();
        if (end > size) {
            return torn(position);
        }
        if (frame.matches(bytes(position + Frame.SIZE, frame.length()))) {
            found.add(new Found(position, frame));
        } else {
            damages.add("record " + frame.number() + " of " + frame.spans() + " spans at byte " + position
                    + " doesn't match its checksum");
        }
        return end;
    }

    private long torn(long position) {
        tornBytes = size - position;
        return size;
    }

    private long withoutFrame(long position, long mark) throws IOException {
        if (isZeroFrom(position)) {
            return torn(position);
        }
        var next = find(mark, position + 1);
        damages.add("the " + (next - position) + " bytes from byte " + position + " aren't a record");
        return next;
    }

    /** Where the mark stands next, or the end of the file. */
    private long find(long mark, long from) throws IOException {
        for (var start = from; start < size; start += BLOCK) {
            var bytes = bytes(start, (int) Math.min(BLOCK + Long.BYTES - 1, size - start));
            var buffer = ByteBuffer.wrap(bytes);
            for (var i = 0; i + Long.BYTES <= bytes.length; i++) {
                if (buffer.getLong(i) == mark) {
                    return start + i;
                }
            }
        }
        return size;
    }

    private boolean isZeroFrom(long from) throws IOException {
        for (var start = from; start < size; start += BLOCK) {
            for (var octet : bytes(start, (int) Math.min(BLOCK, size - start))) {
                if (octet != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private byte[] bytes(long position, int length) throws IOException {
        var bytes = new byte[length];
        if (file.read(position, bytes, length) < length) {
            throw new IOException("it became shorter while it was read");
        }
        return bytes;
    }
}
