package io.deploytrace.cli;

import io.deploytrace.query.Metadata;
import io.deploytrace.span.Rfc3339;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.SpanNames;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a span says, in the words that people read. */
final class SpanWords {

    private SpanWords() {}

    /** The verdict where the span carries one, else its status; empty when it has neither. */
    static String verdict(Span span) {
        var decision = span.attributes().getString(AttributeKeys.DECISION);
        if (decision != null) {
            return decision;
        }
        var status = span.status();
        if (span.attributes().get(AttributeKeys.RESULT) == null || status == null) {
            return status == null ? "" : status;
        }
        return switch (status) {
            case "completed" -> "passed";
            default -> status;
        };
    }

    /** Why, in the span's own words; empty when it says nothing. */
    static String message(Span span) {
        var message = span.attributes().getString(AttributeKeys.MESSAGE);
        return message == null ? "" : message;
    }

    /** How long it took; empty for an instant decision or step, and for a span that is open. */
    static String duration(Span span, Instant now) {
        if (span.endTime() == null) {
            return "for " + Durations.words(Duration.between(span.startTime(), now));
        }
        var duration = Duration.between(span.startTime(), span.endTime());
        return duration.isZero() ? "" : Durations.words(duration);
    }

    /** What else is known, each a short phrase: configuration, metadata, earlier verdicts, exceptions. */
    static List<String> details(Span span, Instant now) {
        var details = new ArrayList<String>();
        span.attributes().asMap().forEach((key, value) -> {
            if (key.startsWith(AttributeKeys.JOB_CONFIG_PREFIX)) {
                details.add(key.substring(AttributeKeys.JOB_CONFIG_PREFIX.length()) + ": " + value(value));
            } else if (Metadata.isOwn(span, key)) {
                details.add(key + ": " + value(value));
            }
        });
        addEvents(span, now, details);
        addNextEvaluation(span, now, details);
        return details;
    }

    private static void addEvents(Span span, Instant now, List<String> details) {
        var verdicts = span.events().stream().filter(SpanWords::isVerdict).count();
        for (var event : span.events()) {
            if (!isVerdict(event)) {
                details.add(event(event));
            } else if (--verdicts > 0) {
                details.add("until " + Durations.clock(event.time(), now) + " " + earlierVerdict(event));
            }
        }
    }

    private static boolean isVerdict(SpanEvent event) {
        return event.name().equals(SpanNames.RESULT_EVENT) && event.attributes().get(AttributeKeys.RESULT) != null;
    }

    private static String earlierVerdict(SpanEvent event) {
        return value(event.attributes().get(AttributeKeys.RESULT)) + " ("
                + value(event.attributes().get(AttributeKeys.MESSAGE)) + ")";
    }

    private static String event(SpanEvent event) {
        var type = event.attributes().getString("exception.type");
        if (type != null) {
            return type + ": " + value(event.attributes().get("exception.message"));
        }
        var only = event.attributes().size() == 1 ? event.attributes().get(event.name()) : null;
        if (only != null) {
            return event.name() + ": " + value(only);
        }
        return event.attributes().isEmpty()
                ? event.name()
                : event.name() + " " + entries(event.attributes().asMap());
    }

    private static String entries(Map<?, ?> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + value(entry.getValue()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static void addNextEvaluation(Span span, Instant now, List<String> details) {
        var next = span.attributes().getString(AttributeKeys.NEXT_EVALUATION);
        if (next != null) {
            details.add("next evaluation " + time(next, now));
        }
    }

    private static String time(String text, Instant now) {
        try {
            return Durations.clock(Rfc3339.parse(text), now) + " UTC";
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    private static String value(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SpanWords::value).collect(Collectors.joining(", "));
        }
        if (value instanceof Map<?, ?> map) {
            return entries(map);
        }
        return value == null ? "" : value.toString();
    }
}
