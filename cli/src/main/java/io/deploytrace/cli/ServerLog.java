package io.deploytrace.cli;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of a server: one line a record, on standard error. Of libraries, warnings alone. */
final class ServerLog extends Handler {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OWN = Logger.getLogger("io.deploytrace");
    private static final Logger NETWORK = Logger.getLogger("com.linecorp.armeria");

    private final PrintWriter err;

    private ServerLog(PrintWriter err) {
        this.err = err;
        setFormatter(new Line());
    }

    /** Begins to log, which the program otherwise doesn't. */
    static void start(PrintWriter err) {
        for (var handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.addHandler(new ServerLog(err));
        ROOT.setLevel(Level.WARNING);
        OWN.setLevel(Level.INFO);
        // It warns of each connection that breaks or speaks nonsense.
        NETWORK.setLevel(Level.SEVERE);
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            err.println(getFormatter().format(record));
        }
    }

    @Override
    public void flush() {
        err.flush();
    }

    @Override
    public void close() {
        flush();
    }

    /** A line that no text within it can break, so that no one can forge another. */
    static final class Line extends Formatter {

        @Override
        public String format(LogRecord record) {
            var line = new StringBuilder()
                    .append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(record.getLevel().getName())
                    .append(' ')
                    .append(record.getLoggerName())
                    .append(": ")
                    .append(formatMessage(record));
            for (var cause = record.getThrown(); cause != null; cause = cause.getCause()) {
                line.append(" | ").append(cause);
                for (var frame : cause.getStackTrace()) {
                    line.append(" at ").append(frame);
                }
            }
            return CleanText.clean(line.toString());
        }
    }
}
