package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Puts spans into the order of {@link Span#IN_SEQUENCE}, asking each for its sequence once where that decides alone. */
final class Sequence {

    private Sequence() {}

    /** The spans in that order; a new array. */
    static Span[] of(Collection<Span> spans) {
        var given = spans.toArray(Span[]::new);
        var places = places(given);
        if (places == null) {
            Arrays.sort(given, Span.IN_SEQUENCE);
            return given;
        }
        var ordered = new Span[given.length];
        for (var i = 0; i < ordered.length; i++) {
            ordered[i] = given[(int) places[i]];
        }
        return ordered;
    }

    /** Sequence and index of each span, sorted; null where two have the same sequence or one has none. */
    private static long @Nullable [] places(Span[] spans) {
        var places = new long[spans.length];
        for (var i = 0; i < spans.length; i++) {
            var sequence = spans[i].sequence();
            if (sequence == null) {
                return null;
            }
            places[i] = ((long) sequence << Integer.SIZE) | i;
        }
        Arrays.sort(places);
        for (var i = 1; i < places.length; i++) {
            if (places[i - 1] >> Integer.SIZE == places[i] >> Integer.SIZE) {
                return null;
            }
        }
        return places;
    }
}
