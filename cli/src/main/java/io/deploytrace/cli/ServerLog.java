package io.deploytrace.cli;

import java.io.PrintWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of a server: one line a record, on standard error. Of libraries, warnings alone. */
final class ServerLog extends Handler {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OWN = Logger.getLogger("io.deploytrace");
    private static final Logger NETWORK = Logger.getLogger("com.linecorp.armeria");

    /** How records are written. */
    enum Format {
        text,
        json
    }

    private final PrintWriter err;
    private final Format format;

    private ServerLog(PrintWriter err, Format format) {
        this.err = err;
        this.format = format;
        setFormatter(format == Format.json ? new JsonLogLine() : new TextLogLine());
    }

    /** Begins to log, which the program otherwise doesn't. */
    static ServerLog start(PrintWriter err, Format format) {
        for (var handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        var log = new ServerLog(err, format);
        ROOT.addHandler(log);
        ROOT.setLevel(Level.WARNING);
        OWN.setLevel(Level.INFO);
        // It warns of each connection that breaks or speaks nonsense.
        NETWORK.setLevel(Level.SEVERE);
        return log;
    }

    /** Tells whoever runs the server what it is about: a plain line, unless all lines are to be JSON. */
    void say(String message) {
        if (format == Format.json) {
            OWN.info(message);
        } else {
            err.println(message);
        }
    }

    /** The level of a record as most logs call it. */
    static String level(LogRecord record) {
        var level = record.getLevel().intValue();
        if (level >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level >= Level.INFO.intValue() ? "INFO" : "DEBUG";
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
}
