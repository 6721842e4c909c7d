package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a spool reported, a line each. */
final class SpoolEvents implements SpoolListener {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public void torn(Path segment, long bytes) {
        lines.add("torn " + segment.getFileName() + " " + bytes);
    }

    @Override
    public void damaged(Path segment, String what, int lostSpans) {
        lines.add("damaged " + segment.getFileName() + " " + lostSpans + " " + what);
    }

    @Override
    public void missing(Path segment, int lostSpans) {
        lines.add("missing " + segment.getFileName() + " " + lostSpans);
    }

    @Override
    public void setAside(Path file) {
        lines.add("aside " + file.getFileName());
    }

    @Override
    public void kept(Path file, IOException cause) {
        lines.add("kept " + file.getFileName());
    }
}
