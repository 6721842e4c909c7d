package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a spool holds and where: about 150 bytes of memory for each call. Safe for use by several threads. */
final class SpoolIndex {

    /** Bounds what one reading takes from the memory. */
    private static final long MOST_BYTES_AT_ONCE = 16L << 20;

    private final TreeMap<Long, Slot> slots = new TreeMap<>();
    private final Set<Segment> segments = new LinkedHashSet<>();
    private int spans;

    /** The one segment whose file may be open for reading: a spool may have more files than a process may open. */
    private @Nullable Segment reading;

    /** Where a record lies. */
    record Slot(Segment segment, long position, Frame frame) {}

    /** A record as it was read; the bytes are null if they are damaged or missing. */
    record Raw(Slot slot, @Nullable ByteBuffer bytes) {

        @Nullable SpoolRecord decode() {
            try {
                var frame = slot.frame();
                return bytes == null
                        ? null
                        : new SpoolRecord(frame.number(), SpanDecoder.decode(bytes), frame.spooledAt());
            } catch (IOException e) {
                return null;
            }
        }
    }

    /** Adds records that are durable; the segment's size covers them. Of two with one number the first is kept. */
    synchronized void add(Segment segment, List<Slot> durable, long size) {
        segments.add(segment);
        segment.setSize(size);
        for (var slot : durable) {
            if (slots.putIfAbsent(slot.frame().number(), slot) == null) {
                segment.addRecords(1);
                spans += slot.frame().spans();
            }
        }
    }

    /** The records behind the number, as many as the bound allows, at least one if there is any. */
    synchronized List<Raw> read(long afterNumber, int maximumSpans) throws IOException {
        var raw = new ArrayList<Raw>();
        var total = 0L;
        var bytes = 0L;
        for (var slot : slots.tailMap(afterNumber, false).values()) {
            total += slot.frame().spans();
            bytes += slot.frame().length();
            if (!raw.isEmpty() && (total > maximumSpans || bytes > MOST_BYTES_AT_ONCE)) {
                break;
            }
            raw.add(new Raw(slot, bytes(slot)));
        }
        return raw;
    }

    private @Nullable ByteBuffer bytes(Slot slot) throws IOException {
        var frame = slot.frame();
        var reader = reader(slot.segment());
        if (reader == null) {
            return null;
        }
        var bytes = new byte[frame.length()];
        try {
            var read = reader.read(slot.position() + Frame.SIZE, bytes, bytes.length);
            return read == bytes.length && frame.matches(bytes) ? ByteBuffer.wrap(bytes) : null;
        } catch (IOException e) {
            // A sector that can't be read: the file is kept, and whoever reads reports it.
            return null;
        }
    }

    private @Nullable SpoolFile reader(Segment segment) throws IOException {
        if (reading != null && reading != segment) {
            reading.closeReader();
        }
        reading = segment;
        return segment.reader();
    }

    /** Removes records, and returns the segments that hold none any more. */
    synchronized Set<Segment> remove(Collection<Long> numbers) {
        var emptied = new LinkedHashSet<Segment>();
        for (var number : numbers) {
            var slot = slots.remove(number);
            if (slot != null) {
                spans -= slot.frame().spans();
                slot.segment().addRecords(-1);
                emptied.add(slot.segment());
            }
        }
        emptied.removeIf(segment -> !segment.isEmpty());
        return emptied;
    }

    /** The records of a segment behind the number. */
    synchronized List<Frame> framesOf(Segment segment, long afterNumber) {
        return slots.tailMap(afterNumber, false).values().stream()
                .filter(slot -> slot.segment() == segment)
                .map(Slot::frame)
                .toList();
    }

    synchronized boolean isMissing(Segment segment) {
        return segment.isMissing();
    }

    synchronized boolean holds(Slot slot) {
        return slots.containsKey(slot.frame().number());
    }

    synchronized void markDamaged(Segment segment) {
        segment.setDamaged();
    }

    /** Forgets a segment without records, and closes it; false if it holds records or was forgotten before. */
    synchronized boolean forget(Segment segment) {
        var forgotten = segment.isEmpty() && segments.remove(segment);
        if (forgotten) {
            segment.close();
        }
        return forgotten;
    }

    /** Notes that a segment without records was cut to its header. */
    synchronized void cut(Segment segment) {
        segment.setSize(SegmentHeader.SIZE);
    }

    synchronized boolean isEmpty(Segment segment) {
        return segment.isEmpty();
    }

    synchronized int spanCount() {
        return spans;
    }

    synchronized long bytes() {
        var bytes = 0L;
        for (var segment : segments) {
            bytes += segment.size();
        }
        return bytes;
    }

    synchronized @Nullable Instant oldest() {
        return slots.isEmpty() ? null : slots.firstEntry().getValue().frame().spooledAt();
    }

    synchronized void close() {
        segments.forEach(Segment::close);
    }
}
