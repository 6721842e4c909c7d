package io.deploytrace.ci;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The span that was started last ends.
 *
 * @param time when
 * @param failed whether it failed; null if that is for the steps within it to say
 * @param message what came of it; null if there is nothing to say
 * @param surrounding what surrounds this process
 * @param warnings is told where there is no span
 */
record LastEnding(
        Instant time,
        @Nullable Boolean failed,
        @Nullable String message,
        @Nullable Traceparent surrounding,
        Warnings warnings)
        implements UnaryOperator<JobState> {

    @Override
    public JobState apply(JobState state) {
        var span = state.find(state.current(surrounding));
        if (span != null && span.started()) {
            return ended(state.killedWithin(span, time), span.id());
        }
        if (!hasEndedSpans(state)) {
            warnings.say("there is no open span for 'end' to end: 'start' begins one.");
        }
        return state;
    }

    private JobState ended(JobState state, String spanId) {
        var span = Objects.requireNonNull(state.find(spanId));
        return state.ended(span, new Ending(time, failed == null ? span.failed() : failed, message, Map.of()));
    }

    /** People are asked to run 'end' again for what it couldn't send. */
    private static boolean hasEndedSpans(JobState state) {
        for (var unsent : state.unsent()) {
            if (state.find(unsent.id()) == null) {
                return true;
            }
        }
        return false;
    }
}
