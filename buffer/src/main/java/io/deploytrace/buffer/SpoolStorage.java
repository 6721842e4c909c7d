package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the buffer needs of a spool. Safe for use by several threads. */
interface SpoolStorage extends Closeable {

    /** Writes the spans of each call, all or nothing, and returns their numbers once they are on the disk. */
    List<Long> append(List<List<Span>> calls) throws IOException;

    /** The next records after a number, in order: of about so many spans, at least one if there is any. */
    List<SpoolRecord> read(long afterNumber, int maximumSpans) throws IOException;

    /** Removes and answers records that are too old. */
    List<SpoolRecord> expire(int maximumSpans) throws IOException;

    /** Removes records; one that comes back after a crash is sent again. Ignores numbers that it doesn't know. */
    void remove(Collection<Long> numbers);

    /** The number of spans on the spool. */
    int spanCount();

    /** The size of the files. */
    long bytes();

    /** How many of the records that were there at the opening touch each trace. */
    Map<String, Integer> recoveredTraces();
}
