package io.deploytrace.cli;

import java.io.PrintWriter;

/** A line on a terminal that says how far something is. Not for pipes and files. */
final class ProgressBar {

    private static final int CELLS = 30;

    private final PrintWriter terminal;
    private final String what;
    private final long total;
    private final Glyphs glyphs;

    ProgressBar(PrintWriter terminal, String what, long total, Glyphs glyphs) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        this.glyphs = glyphs;
    }

    /** Shows so many of the total, or more where more came than was counted. */
    void show(long done) {
        var of = Math.max(1, Math.max(total, done));
        var filled = (int) (CELLS * done / of);
        var full = glyphs == Glyphs.UNICODE ? "━" : "#";
        var empty = glyphs == Glyphs.UNICODE ? "─" : ".";
        terminal.print("\r" + full.repeat(filled) + empty.repeat(CELLS - filled) + " " + done + " of " + of + " " + what
                + "\u001b[K");
        terminal.flush();
    }

    /** Clears the line. */
    void end() {
        terminal.print("\r\u001b[K");
        terminal.flush();
    }
}
