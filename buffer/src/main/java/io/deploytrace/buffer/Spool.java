package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the spans of calls on disk, in their order, until they are removed. One directory belongs to one spool at a time.
 *
 * <p>A directory holds files of records that are only ever appended to. Each record has a checksum. What is appended is on the disk when
 * {@link #append} returns: it survives the death of the process, of the machine, and the loss of power, as far as the disk keeps what it has
 * confirmed. Removals aren't made durable, since what comes back is sent again without harm.
 *
 * <p>Safe for use by several threads. Interrupts are neither noticed nor cleared.
 */
final class Spool implements AutoCloseable {

    private final Path directory;
    private final SpoolSettings settings;
    private final InstantSource clock;
    private final SpoolListener listener;
    private final SpoolFiles files;
    private final SpoolLock lock;
    private final SpoolIndex index;
    private final SpoolWriter writer;
    private final int recoveredSpans;

    private Spool(
            Path directory,
            SpoolSettings settings,
            InstantSource clock,
            SpoolListener listener,
            SpoolFiles files,
            SpoolLock lock)
            throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.files = files;
        this.lock = lock;
        this.index = new SpoolIndex();
        var recovery = new SpoolRecovery(directory, files, listener, index);
        this.writer = new SpoolWriter(settings, directory, clock, files, index, recovery.run());
        this.recoveredSpans = index.spanCount();
        recovery.emptied().forEach(this::release);
    }

    /**
     * Opens the directory, which is made if it doesn't exist, and finds what an earlier process left.
     *
     * @throws IOException if another spool has the directory, of this or another process; if it can't be made, read or written; if a
     *     later version of this program wrote it. The message names it and the remedy
     */
    static Spool open(SpoolSettings settings, InstantSource clock, SpoolListener listener) throws IOException {
        return open(settings, clock, listener, SpoolFiles.DISK);
    }

    /** The same on other files than the disk's. */
    static Spool open(SpoolSettings settings, InstantSource clock, SpoolListener listener, SpoolFiles files)
            throws IOException {
        var directory = directory(settings.directory(), files);
        var lock = SpoolLock.acquire(directory, clock.instant());
        try {
            return new Spool(directory, settings, clock, listener, files, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Makes what is missing of the path, durably: a file is lost with the directory that it lies in. */
    private static Path directory(Path path, SpoolFiles files) throws IOException {
        var directory = path.toAbsolutePath().normalize();
        var parents = new ArrayList<Path>();
        for (var missing = directory; missing != null && Files.notExists(missing); missing = missing.getParent()) {
            parents.add(missing.getParent());
        }
        try {
            Files.createDirectories(directory, DiskFiles.permissions(directory, "rwx------"));
            for (var parent : parents) {
                files.forceDirectory(parent);
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw new IOException(
                    "The spool directory " + directory + " can't be made: " + e
                            + ". Name a directory that this user may write to.",
                    e);
        }
    }

    /**
     * Appends the spans of each call, all calls or none, and returns their numbers once they are on the disk. Threads that call it at the
     * same time share an fsync.
     *
     * @throws SpoolFullException if the spool's bytes are used up; nothing was appended
     * @throws IOException if the disk is full or broken, or the spool is closed; nothing was accepted, and the spool may be used again.
     *     If even the file's end can't be cut off, the next opening may find these spans
     */
    List<Long> append(List<List<Span>> calls) throws IOException {
        return writer.append(calls);
    }

    /**
     * The held records behind the number (0 for all) in their order: as many as have at most so many spans, at least one if there is any.
     * Records that can't be read, and all those of a file that someone deleted, are removed and reported to the listener.
     *
     * @throws IOException if a file can't be opened; trying again may help
     */
    List<SpoolRecord> read(long afterNumber, int maximumSpans) throws IOException {
        while (true) {
            var raw = index.read(afterNumber, maximumSpans);
            var records = new ArrayList<SpoolRecord>();
            for (var one : raw) {
                var record = one.decode();
                if (record != null) {
                    records.add(record);
                } else if (index.isMissing(one.slot().segment())) {
                    loseBehind(afterNumber, one.slot().segment());
                } else {
                    lose(one.slot());
                }
            }
            if (!records.isEmpty() || raw.isEmpty()) {
                return records;
            }
        }
    }

    private void lose(SpoolIndex.Slot slot) {
        var frame = slot.frame();
        index.markDamaged(slot.segment());
        if (index.holds(slot)) {
            remove(List.of(frame.number()));
            listener.damaged(
                    slot.segment().path(), "record " + frame.number() + " can't be read any more", frame.spans());
        }
    }

    /** What was read before isn't lost: whoever has it removes it. */
    private void loseBehind(long afterNumber, Segment segment) {
        var frames = index.framesOf(segment, afterNumber);
        if (!frames.isEmpty()) {
            remove(frames.stream().map(Frame::number).toList());
            listener.missing(
                    segment.path(), frames.stream().mapToInt(Frame::spans).sum());
        }
    }

    /**
     * Removes the oldest records if they are older than the maximum age, and returns them, bounded as in {@link #read}; an empty list when
     * none is too old. To be called until then. Records that can't be read are left to {@link #read}, since someone may have read them before.
     */
    List<SpoolRecord> expire(int maximumSpans) throws IOException {
        var limit = limit(clock.instant());
        var oldest = index.oldest();
        if (oldest == null || !oldest.isBefore(limit)) {
            return List.of();
        }
        var expired = index.read(0, maximumSpans).stream()
                .map(SpoolIndex.Raw::decode)
                .filter(Objects::nonNull)
                .takeWhile(record -> record.spooledAt().isBefore(limit))
                .toList();
        remove(expired.stream().map(SpoolRecord::number).toList());
        return expired;
    }

    private Instant limit(Instant now) {
        var sinceTheBeginning = Duration.between(Instant.MIN, now);
        return settings.maximumAge().compareTo(sinceTheBeginning) < 0 ? now.minus(settings.maximumAge()) : Instant.MIN;
    }

    /** Forgets records and gives back the space of files that hold none any more. Unknown numbers, and a closed spool, do nothing. */
    void remove(Collection<Long> numbers) {
        index.remove(numbers).forEach(this::release);
    }

    private void release(Segment segment) {
        if (!writer.release(segment)) {
            return;
        }
        try {
            if (segment.isDamaged() && !files.isMissing(segment.path())) {
                var aside = segment.path().resolveSibling(segment.path().getFileName() + ".corrupt");
                files.rename(segment.path(), aside);
                listener.setAside(aside);
            } else {
                files.delete(segment.path());
            }
        } catch (IOException e) {
            listener.kept(segment.path(), e);
        }
    }

    /** How many spans are held. */
    int spanCount() {
        return index.spanCount();
    }

    /** The bytes of all files that hold spans, and of the one that is written to. */
    long bytes() {
        return index.bytes();
    }

    /** How many spans an earlier process left. */
    int recoveredSpans() {
        return recoveredSpans;
    }

    /** When the oldest held record was written, or null if nothing is held. */
    @Nullable Instant oldest() {
        return index.oldest();
    }

    /** The directory's real path. */
    Path directory() {
        return directory;
    }

    /** Ends the use of the directory; what is held stays for the next one. Does nothing the second time. */
    @Override
    public void close() throws IOException {
        writer.close();
        index.close();
        lock.close();
    }
}
