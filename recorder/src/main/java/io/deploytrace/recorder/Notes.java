package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.vocabulary.AttributeKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What can be noted on any span. Never throws. */
final class Notes {

    private static final String EXCEPTION_TYPE = "exception.type";
    private static final String EXCEPTION_MESSAGE = "exception.message";
    private static final String EXCEPTION_STACKTRACE = "exception.stacktrace";

    private Notes() {}

    static void addMetadata(RecordedSpan span, String key, Object value) {
        var recording = span.recording();
        if (recording.misuse().isNull("addMetadata", "key", key)
                || recording.misuse().isNull("addMetadata", "value", value)) {
            return;
        }
        var recorded = recording.convert(key, value);
        if (recorded != null) {
            span.addEvent(key, Attributes.of(key, recorded));
        }
    }

    static void addMetadata(RecordedSpan span, String name, Map<String, ?> values) {
        var recording = span.recording();
        if (recording.misuse().isNull("addMetadata", "name", name)
                || recording.misuse().isNull("addMetadata", "attributes", values)) {
            return;
        }
        var attributes = recording.convert(name, () -> recording.values().eventAttributes(name, values));
        if (attributes != null) {
            span.addEvent(name, attributes);
        }
    }

    static void setAttribute(RecordedSpan span, String key, Object value) {
        var recording = span.recording();
        if (recording.misuse().isNull("setAttribute", "key", key)
                || recording.misuse().isNull("setAttribute", "value", value)) {
            return;
        }
        if (key.startsWith(AttributeKeys.PREFIX)) {
            recording
                    .misuse()
                    .report("The attribute '" + key + "' was not set: keys that begin with '" + AttributeKeys.PREFIX
                            + "' are the recorder's own.");
            return;
        }
        var recorded = recording.convert(key, value);
        if (recorded != null) {
            span.set(key, recorded);
        }
    }

    /** The event that OpenTelemetry defines for exceptions. */
    static void recordException(RecordedSpan span, Throwable exception) {
        var recording = span.recording();
        if (recording.misuse().isNull("recordException", "exception", exception)) {
            return;
        }
        var attributes = recording.convert("exception", () -> attributesOf(exception));
        if (attributes != null) {
            span.addEvent("exception", attributes);
            span.fail(attributes.getString(EXCEPTION_MESSAGE));
        }
    }

    private static Attributes attributesOf(Throwable exception) {
        var stackTrace = new StringWriter();
        exception.printStackTrace(new PrintWriter(stackTrace));
        return Attributes.builder()
                .put(EXCEPTION_TYPE, exception.getClass().getName())
                .put(EXCEPTION_STACKTRACE, stackTrace.toString())
                .put(EXCEPTION_MESSAGE, exception.getMessage())
                .build();
    }
}
