package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of records. Its writer's methods are called by the thread that holds the spool's write lock, all others under the lock of the
 * index.
 */
final class Segment {

    private static final String EXTENSION = ".spool";

    private final SpoolFiles files;
    private final Path path;
    private final long mark;
    private @Nullable SpoolFile writer;
    private @Nullable SpoolFile reader;
    private long size;
    private int records;
    private boolean damaged;
    private boolean missing;

    private Segment(SpoolFiles files, Path path, long mark, long size) {
        this.files = files;
        this.path = path;
        this.mark = mark;
        this.size = size;
    }

    /** A file that an earlier process left. */
    static Segment left(SpoolFiles files, Path path, long size, boolean damaged) {
        var segment = new Segment(files, path, 0, size);
        segment.damaged = damaged;
        return segment;
    }

    /** A new file; its name isn't durable yet. */
    static Segment create(SpoolFiles files, Path path, long mark) throws IOException {
        var segment = new Segment(files, path, mark, SegmentHeader.SIZE);
        var writer = files.create(path);
        segment.writer = writer;
        try {
            var header = new SegmentHeader(SegmentHeader.VERSION, mark).toBytes();
            writer.write(0, header, header.length);
            return segment;
        } catch (IOException e) {
            segment.close();
            files.delete(path);
            throw e;
        }
    }

    /** The name of a segment whose first record has the number; names sort as the numbers do. */
    static String name(long number) {
        return String.format("%020d", number) + EXTENSION;
    }

    static boolean isSegment(Path path) {
        return path.getFileName().toString().matches("\\d{20}\\" + EXTENSION);
    }

    /** The number in the name of a segment, also of one that was set aside; 0 for other files. */
    static long numberOf(Path path) {
        var name = path.getFileName().toString();
        return name.matches("\\d{20}\\" + EXTENSION + ".*") ? Long.parseLong(name.substring(0, 20)) : 0;
    }

    void write(long position, byte[] bytes, int length) throws IOException {
        open().write(position, bytes, length);
    }

    void force() throws IOException {
        open().force();
    }

    /** Cuts away what was written behind what is acknowledged. */
    void cut(long size) throws IOException {
        open().truncate(size);
    }

    private SpoolFile open() throws IOException {
        if (writer == null) {
            throw new IOException("The spool's file " + path + " is closed.");
        }
        return writer;
    }

    /** Null if the file is there no more. Fails if it can't be opened, which another attempt may mend. */
    @Nullable SpoolFile reader() throws IOException {
        if (reader != null) {
            return reader;
        }
        missing |= files.isMissing(path);
        if (!missing) {
            reader = files.open(path);
        }
        return reader;
    }

    /** Nothing is read for now. */
    void closeReader() {
        reader = closed(reader);
    }

    Path path() {
        return path;
    }

    long mark() {
        return mark;
    }

    long size() {
        return size;
    }

    void setSize(long size) {
        this.size = size;
    }

    /** Counts records that are held here; negative for those that were removed. */
    void addRecords(int count) {
        records += count;
    }

    boolean isEmpty() {
        return records == 0;
    }

    boolean isDamaged() {
        return damaged;
    }

    /** Whether {@link #reader} found that someone deleted the file. What was in it is lost. */
    boolean isMissing() {
        return missing;
    }

    void setDamaged() {
        damaged = true;
    }

    /** Nothing is written any more. */
    void seal() {
        writer = closed(writer);
    }

    void close() {
        seal();
        closeReader();
    }

    private static @Nullable SpoolFile closed(@Nullable SpoolFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // What is acknowledged was forced to the disk before, and what isn't may be lost.
            return null;
        }
        return null;
    }
}
