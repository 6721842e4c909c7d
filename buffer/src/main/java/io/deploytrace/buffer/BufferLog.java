package io.deploytrace.buffer;

import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The buffer's log: at most one line of a kind in ten seconds, which says how many it left out. Safe for use by several threads. */
final class BufferLog {

    /** What a line is about. */
    enum Kind {
        CIRCUIT(Level.WARNING),
        SPOOL(Level.INFO),
        SPOOL_DAMAGED(Level.ERROR),
        SPOOL_FAILED(Level.ERROR),
        REJECTED(Level.WARNING),
        LISTENER(Level.WARNING),
        DEFECT(Level.ERROR);

        private final Level level;

        Kind(Level level) {
            this.level = level;
        }
    }

    private static final System.Logger LOG = System.getLogger("io.deploytrace.buffer");
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private static final class Line {
        private long lastAt;
        private long left;
    }

    private final Map<Kind, Line> lines = new EnumMap<>(Kind.class);

    void say(Kind kind, String message, @Nullable Throwable cause) {
        var left = leftOut(kind, System.nanoTime());
        if (left >= 0) {
            print(kind.level, left == 0 ? message : message + " (" + left + " similar lines left out)", cause);
        }
    }

    private static void print(Level level, String line, @Nullable Throwable cause) {
        try {
            LOG.log(level, line, cause);
        } catch (Throwable failure) {
            // A log that can't be written to must not end the buffer's threads.
            System.err.println("The log failed with " + failure + " and left out: " + line);
        }
    }

    /** The number of lines of the kind that were left out since the last; negative if this is another. */
    private synchronized long leftOut(Kind kind, long now) {
        var line = lines.get(kind);
        if (line == null) {
            line = new Line();
            lines.put(kind, line);
        } else if (now - line.lastAt < PAUSE) {
            line.left++;
            return -1;
        }
        var left = line.left;
        line.lastAt = now;
        line.left = 0;
        return left;
    }
}
