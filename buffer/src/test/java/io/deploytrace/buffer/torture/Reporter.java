package io.deploytrace.buffer.torture;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Tells the parent process what happened, by a pipe: a line that was written outlives the process that wrote it. Safe for use by
 * several threads.
 */
final class Reporter {

    /** Ends every line, so that one that was cut isn't taken for a whole one. */
    static final String END = " .";

    private final FileOutputStream output = new FileOutputStream(FileDescriptor.out);

    void started(Unit unit, int step) {
        line("started " + unit + " " + step);
    }

    /** The buffer answers for it from now on. */
    void acknowledged(Unit unit, int step, Calls.Way way) {
        line("acknowledged " + unit + " " + step + " " + way);
    }

    /** A call ended with an exception. */
    void failed(Unit unit, int step, String reason) {
        line("failed " + unit + " " + step + " " + reason);
    }

    /** The buffer gave something up. */
    void rejected(String unit, String reason) {
        line("rejected " + unit + " " + reason);
    }

    /** A call took this much longer than its deadline. */
    void late(long milliseconds) {
        line("late " + milliseconds);
    }

    /** Something that must not happen did. */
    void wrong(String what) {
        line("wrong " + what.replace('\n', ' '));
    }

    /** Where the process stands. */
    void said(String what) {
        line("said " + what.replace('\n', ' '));
    }

    private synchronized void line(String line) {
        try {
            output.write((line + END + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException parentGone) {
            throw new UncheckedIOException(parentGone);
        }
    }
}
