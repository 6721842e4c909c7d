package io.deploytrace.query;

import io.deploytrace.span.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a step that stands in the way looked at, as far as its message and its remedy don't say it already. */
final class Inputs {

    private static final int MAXIMUM = 4;
    private static final int MAXIMUM_OF_LIST = 3;

    private final Instant now;

    Inputs(Instant now) {
        this.now = now;
    }

    /** {@code 2 of 2 slots are taken; held by deploy-7}; empty when there is nothing to add. */
    String of(Blocker blocker, String remedy) {
        var message = blocker.message() == null ? "" : blocker.message();
        var inputs = new ArrayList<String>();
        var slots = Slots.in(blocker.metadata());
        if (slots != null && !slots.areIn(message)) {
            inputs.add(slots.spoken());
        }
        blocker.metadata().asMap().forEach((key, value) -> {
            // What has a structure of its own doesn't fit into a sentence; the trace shows it.
            var isLeftOut = value instanceof Map
                    || (slots != null && Slots.isKey(key))
                    || isNextEvaluation(blocker, value)
                    || isSaid(message + " " + remedy, value);
            if (!isLeftOut && inputs.size() < MAXIMUM) {
                inputs.add(Spoken.line(key.replace('_', ' ') + " " + text(value)));
            }
        });
        return String.join("; ", inputs);
    }

    private static boolean isSaid(String said, Object value) {
        if (value instanceof List<?> several) {
            return several.stream().allMatch(each -> isSaid(said, each));
        }
        return Spoken.quotes(said, value.toString());
    }

    private static boolean isNextEvaluation(Blocker blocker, Object value) {
        return blocker.nextEvaluation() != null
                && value instanceof String text
                && text.equals(Rfc3339.format(blocker.nextEvaluation()));
    }

    /** A value as people read it: times as they are told elsewhere, the first few of a list. */
    String text(Object value) {
        if (!(value instanceof List<?> several)) {
            return value instanceof String text ? time(text) : value.toString();
        }
        var named =
                several.stream().limit(MAXIMUM_OF_LIST).map(Objects::toString).collect(Collectors.joining(", "));
        var rest = several.size() - MAXIMUM_OF_LIST;
        return rest > 0 ? named + " and " + rest + " more" : named;
    }

    private String time(String text) {
        if (text.length() < "2026-01-01T00:00:00Z".length() || text.charAt(10) != 'T') {
            return text;
        }
        try {
            return Spoken.dayAndTime(Rfc3339.parse(text), now);
        } catch (DateTimeException notATime) {
            return text;
        }
    }
}
