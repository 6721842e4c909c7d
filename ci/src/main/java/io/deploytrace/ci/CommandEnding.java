package io.deploytrace.ci;

import java.util.function.UnaryOperator;

/**
 * A command has ended, and its span with it.
 *
 * @param spanId its span
 * @param ending how
 */
record CommandEnding(String spanId, Ending ending) implements UnaryOperator<JobState> {

    @Override
    public JobState apply(JobState state) {
        var span = state.find(spanId);
        return span == null ? state : state.killedWithin(span, ending.time()).commandEnded(span, ending);
    }
}
