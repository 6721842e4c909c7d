package io.deploytrace.buffer.torture;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.SpanStoreException.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a unit holds: one or two traces that grow in steps. Each step is one call that writes all spans as they are by then.
 *
 * @param kind whether it can be stored
 * @param steps the number of its calls
 * @param traces its traces
 */
record UnitContent(Kind kind, int steps, List<GrowingTrace> traces) {

    /** Whether it can be stored. */
    enum Kind {
        /** It can. */
        SOUND(null),
        /** Its workspace doesn't exist. */
        UNKNOWN_WORKSPACE(Reason.UNKNOWN_WORKSPACE),
        /** One of its spans has the key of a span of another workspace. */
        CONFLICT(Reason.CONFLICT);

        private final @Nullable Reason rejection;

        Kind(@Nullable Reason rejection) {
            this.rejection = rejection;
        }

        /** Why it must be rejected; null if it must be stored. */
        @Nullable Reason rejection() {
            return rejection;
        }
    }

    boolean isSound() {
        return kind == Kind.SOUND;
    }

    /** The spans of a call, from 1. */
    List<Span> call(int step) {
        return traces.stream().flatMap(trace -> trace.at(step).stream()).toList();
    }

    /** What is stored after a step, from 0: nothing. */
    Map<SpanKey, Span> stored(int step) {
        var spans = new HashMap<SpanKey, Span>();
        if (step > 0) {
            call(step).forEach(span -> spans.put(span.key(), span));
        }
        return spans;
    }
}
