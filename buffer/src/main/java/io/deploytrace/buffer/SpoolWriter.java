package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends. Callers that come while the disk is busy are written together, with one fsync: whoever gets the lock writes for all who wait
 * for it. Safe for use by several threads.
 */
final class SpoolWriter {

    private final SpoolSettings settings;
    private final Path directory;
    private final InstantSource clock;
    private final SpoolFiles files;
    private final SpoolIndex index;
    private final SecureRandom random = new SecureRandom();
    private final Queue<Append> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Segment active;
    private boolean nameIsDurable;
    private long nextNumber;
    private boolean closed;

    SpoolWriter(
            SpoolSettings settings,
            Path directory,
            InstantSource clock,
            SpoolFiles files,
            SpoolIndex index,
            long nextNumber) {
        this.settings = settings;
        this.directory = directory;
        this.clock = clock;
        this.files = files;
        this.index = index;
        this.nextNumber = nextNumber;
    }

    List<Long> append(List<List<Span>> calls) throws IOException {
        var append = new Append(calls, settings.maximumBytes());
        waiting.add(append);
        lock.lock();
        try {
            if (!append.isDone()) {
                writeWaiting();
            }
        } finally {
            lock.unlock();
        }
        return append.numbers();
    }

    private void writeWaiting() {
        var group = new ArrayList<Append>();
        try {
            admit(group);
            if (!group.isEmpty()) {
                write(group);
            }
        } catch (IOException | RuntimeException | Error e) {
            abandon();
            var failure = new IOException(
                    "The spool couldn't write to " + directory + ": " + e.getMessage()
                            + ". Nothing of the call was accepted.",
                    e);
            group.forEach(append -> append.fail(failure));
        }
    }

    /** Takes those who wait; whoever finds no room is refused. */
    private void admit(List<Append> group) throws IOException {
        var used = index.bytes() + SegmentHeader.SIZE;
        for (var append = waiting.poll(); append != null; append = waiting.poll()) {
            if (closed) {
                append.fail(
                        new IOException("The spool " + directory + " is closed. Nothing of the call was accepted."));
            } else if (used + append.size() > settings.maximumBytes()) {
                append.fail(full(append.size()));
            } else {
                used += append.size();
                group.add(append);
            }
        }
    }

    private SpoolFullException full(long size) {
        return new SpoolFullException("The spool " + directory + " holds " + index.bytes() + " of at most "
                + settings.maximumBytes() + " bytes, and the call takes " + size
                + ". Nothing of the call was accepted. Make the store reachable again, or allow more bytes.");
    }

    private void write(List<Append> group) throws IOException {
        var segment = segment();
        var slots = new ArrayList<SpoolIndex.Slot>();
        var position = segment.size();
        for (var append : group) {
            nextNumber = append.number(nextNumber, clock.instant());
            for (var record : append.records()) {
                record.writeTo(segment, position);
                slots.add(new SpoolIndex.Slot(segment, position, record.frame()));
                position += record.size();
            }
        }
        makeDurable(segment);
        index.add(segment, slots, position);
        group.forEach(Append::done);
        if (position >= settings.segmentBytes()) {
            seal(segment);
        }
    }

    private void makeDurable(Segment segment) throws IOException {
        segment.force();
        if (!nameIsDurable) {
            files.forceDirectory(directory);
            nameIsDurable = true;
        }
    }

    private Segment segment() throws IOException {
        if (active != null && files.isMissing(active.path())) {
            leave(active);
        }
        if (active == null) {
            nameIsDurable = false;
            active = Segment.create(files, directory.resolve(Segment.name(nextNumber)), random.nextLong());
        }
        return active;
    }

    /** Someone deleted the file: what is written to it now would be lost with this process. */
    private void leave(Segment segment) {
        seal(segment);
        index.forget(segment);
    }

    private void seal(Segment segment) {
        segment.seal();
        active = null;
    }

    /**
     * After a failed write or fsync nobody knows what the file holds behind its acknowledged bytes, not even after a later fsync that
     * succeeds. So it is cut there, and nothing is ever appended to it again.
     */
    private void abandon() {
        var segment = active;
        nextNumber++;
        if (segment == null) {
            return;
        }
        try {
            segment.cut(segment.size());
        } catch (IOException e) {
            // A later opening finds the end torn, or calls that were refused: to store those as well does no harm.
            nameIsDurable = false;
        }
        seal(segment);
        if (index.isEmpty(segment)) {
            index.forget(segment);
            segment.close();
            deleteQuietly(segment);
        }
    }

    private void deleteQuietly(Segment segment) {
        try {
            files.delete(segment.path());
        } catch (IOException e) {
            // It holds nothing that was acknowledged; the next opening deletes it.
            nameIsDurable = false;
        }
    }

    /**
     * Gives back the space of a segment without records. True if its file is done with: it is no more written to, and known to the
     * index no more.
     */
    boolean release(Segment segment) {
        lock.lock();
        try {
            if (closed) {
                return false; // the next owner of the directory may have the file
            }
            if (segment != active) {
                return index.forget(segment);
            }
            if (index.isEmpty(segment)) {
                cut(segment);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void cut(Segment segment) {
        try {
            segment.cut(SegmentHeader.SIZE);
            index.cut(segment);
        } catch (IOException e) {
            abandon();
        }
    }

    /** Refuses further calls; deletes the file that holds nothing. */
    void close() {
        lock.lock();
        try {
            closed = true;
            var segment = active;
            if (segment != null) {
                seal(segment);
                if (index.forget(segment)) {
                    deleteQuietly(segment);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
