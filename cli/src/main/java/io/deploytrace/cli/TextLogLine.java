package io.deploytrace.cli;

import io.deploytrace.server.RequestTrace;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A record as a line that no text within it can break, so that no one can forge another. */
final class TextLogLine extends Formatter {

    @Override
    public String format(LogRecord record) {
        var line = new StringBuilder()
                .append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(ServerLog.level(record))
                .append(' ')
                .append(record.getLoggerName())
                .append(": ")
                .append(formatMessage(record));
        RequestTrace.current()
                .ifPresent(
                        trace -> line.append(" [trace ").append(trace.traceId()).append(']'));
        for (var cause = record.getThrown(); cause != null; cause = cause.getCause()) {
            line.append(" | ").append(cause);
            for (var frame : cause.getStackTrace()) {
                line.append(" at ").append(frame);
            }
        }
        return CleanText.clean(line.toString());
    }
}
