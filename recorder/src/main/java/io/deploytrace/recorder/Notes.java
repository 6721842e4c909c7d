package io.deploytrace.recorder;

import io.deploytrace.vocabulary.AttributeKeys;
import io.opentelemetry.api.common.Attributes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What can be noted on any span. Never throws. */
final class Notes {

    private Notes() {}

    static void addMetadata(RecordedSpan span, String key, Object value) {
        var recording = span.recording();
        if (recording.misuse().isNull("addMetadata", "key", key)
                || recording.misuse().isNull("addMetadata", "value", value)) {
            return;
        }
        var attribute = recording.attribute(key, value);
        if (attribute != null) {
            span.addEvent(key, attribute.alone());
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
        var attribute = recording.attribute(key, value);
        if (attribute != null) {
            span.setAttribute(attribute);
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
            span.fail(attributes.get(Keys.EXCEPTION_MESSAGE));
        }
    }

    private static Attributes attributesOf(Throwable exception) {
        var stackTrace = new StringWriter();
        exception.printStackTrace(new PrintWriter(stackTrace));
        var builder = Attributes.builder()
                .put(Keys.EXCEPTION_TYPE, exception.getClass().getName())
                .put(Keys.EXCEPTION_STACKTRACE, stackTrace.toString());
        var message = exception.getMessage();
        if (message != null) {
            builder.put(Keys.EXCEPTION_MESSAGE, message);
        }
        return builder.build();
    }
}
