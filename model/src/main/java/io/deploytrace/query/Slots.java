package io.deploytrace.query;

import io.deploytrace.span.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of places of which all are taken, as the metadata of an evaluation say.
 *
 * @param limit how many there are
 * @param taken how many are taken, at least as many
 */
record Slots(long limit, long taken) {

    private static final String LIMIT = "limit";
    private static final List<String> TAKEN = List.of("running", "in_use", "taken", "active");
    private static final String HELD_BY = "held_by";

    /** Those that the metadata tell of; null when they tell of none, or not all are taken. */
    static @Nullable Slots in(Attributes metadata) {
        if (!(metadata.get(LIMIT) instanceof Long limit) || limit < 1) {
            return null;
        }
        for (var key : TAKEN) {
            if (metadata.get(key) instanceof Long taken && taken >= limit) {
                return new Slots(limit, taken);
            }
        }
        return null;
    }

    /** Whether the key holds one of the two numbers. */
    static boolean isKey(String key) {
        return key.equals(LIMIT) || TAKEN.contains(key);
    }

    /** The jobs that the metadata name as those that hold the places; empty when they name none. */
    static List<String> holders(Attributes metadata) {
        var holders = new ArrayList<String>();
        var value = metadata.get(HELD_BY);
        if (value instanceof List<?> several) {
            several.forEach(each -> holders.add(Objects.toString(each)));
        } else if (value instanceof String one && !one.isBlank()) {
            holders.add(one);
        }
        return holders;
    }

    /** Whether a text names both numbers, such as {@code 2 of 2} or {@code 2/2}. */
    boolean areIn(String text) {
        return Pattern.compile("\\b" + taken + "\\b[^.;0-9]{1,20}\\b" + limit + "\\b")
                .matcher(text)
                .find();
    }

    /** {@code 2 of 2 slots are taken}. */
    String spoken() {
        return taken + " of " + limit + (limit == 1 ? " slot is" : " slots are") + " taken";
    }
}
