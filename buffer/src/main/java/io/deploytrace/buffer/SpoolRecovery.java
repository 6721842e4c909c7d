package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds what earlier processes left in a directory. */
final class SpoolRecovery {

    private final Path directory;
    private final SpoolFiles files;
    private final SpoolListener listener;
    private final SpoolIndex index;
    private final List<Segment> emptied = new ArrayList<>();
    private long nextNumber = 1;

    SpoolRecovery(Path directory, SpoolFiles files, SpoolListener listener, SpoolIndex index) {
        this.directory = directory;
        this.files = files;
        this.listener = listener;
        this.index = index;
    }

    /** Fills the index, and returns the number with which to go on. */
    long run() throws IOException {
        for (var path : files.list(directory)) {
            nextNumber = Math.max(nextNumber, Segment.numberOf(path) + 1);
            if (Segment.isSegment(path)) {
                recover(path, scan(path));
            }
        }
        return nextNumber;
    }

    /** Segments that hold nothing to send. */
    List<Segment> emptied() {
        return emptied;
    }

    private SegmentScan scan(Path path) throws IOException {
        try {
            return SegmentScan.of(files, path);
        } catch (IOException e) {
            throw new IOException(
                    "The spool's file " + path + " can't be read: " + e.getMessage()
                            + ". Move the file away to start without it.",
                    e);
        }
    }

    private void recover(Path path, SegmentScan scan) {
        var damaged = !scan.damages().isEmpty();
        var segment = Segment.left(files, path, scan.size(), damaged);
        var slots = scan.found().stream()
                .map(found -> new SpoolIndex.Slot(segment, found.position(), found.frame()))
                .toList();
        index.add(segment, slots, scan.size());
        for (var slot : slots) {
            nextNumber = Math.max(nextNumber, slot.frame().number() + 1);
        }
        if (index.isEmpty(segment)) {
            emptied.add(segment);
        }
        report(path, scan);
    }

    private void report(Path path, SegmentScan scan) {
        if (scan.tornBytes() > 0) {
            listener.torn(path, scan.tornBytes());
        }
        if (!scan.damages().isEmpty()) {
            listener.damaged(path, String.join("; ", scan.damages()), 0);
        }
    }
}
