package io.deploytrace.cli;

import io.deploytrace.server.RequestTrace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A record as a JSON object on one line. */
final class JsonLogLine extends Formatter {

    @Override
    public String format(LogRecord record) {
        return JsonOutput.line(generator -> {
            generator.writeStartObject();
            generator.writeStringField(
                    "time", record.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
            generator.writeStringField("level", ServerLog.level(record));
            generator.writeStringField("logger", record.getLoggerName());
            generator.writeStringField("message", formatMessage(record));
            var trace = RequestTrace.current();
            if (trace.isPresent()) {
                generator.writeStringField("traceId", trace.get().traceId());
                generator.writeStringField("spanId", trace.get().spanId());
            }
            if (record.getThrown() != null) {
                generator.writeStringField("exception", stackTrace(record.getThrown()));
            }
            generator.writeEndObject();
        });
    }

    private static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
