package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;

/** Puts what became of the spool's files into the log, and into the counts where spans were lost. */
final class SpoolReports implements SpoolListener {

    private final Reports reports;

    SpoolReports(Reports reports) {
        this.reports = reports;
    }

    @Override
    public void torn(Path segment, long bytes) {
        reports.spoolRepaired("Cut off the last " + bytes + " bytes of " + segment
                + ", which were half-written when its process died.");
    }

    @Override
    public void damaged(Path segment, String what, int lostSpans) {
        var message = segment + " is damaged: " + what + ".";
        reports.spoolDamaged(message);
        if (lostSpans > 0) {
            reports.lost(lostSpans, message);
        }
    }

    @Override
    public void missing(Path segment, int lostSpans) {
        var message = segment + " is missing. Leave a spool's files to its process.";
        reports.spoolDamaged(message);
        reports.lost(lostSpans, message);
    }

    @Override
    public void setAside(Path file) {
        reports.spoolDamaged("Set the damaged file aside as " + file
                + ". Nothing of it is left to send; look at it, and delete it.");
    }

    @Override
    public void kept(Path file, IOException cause) {
        reports.spoolFailed(cause);
    }
}
