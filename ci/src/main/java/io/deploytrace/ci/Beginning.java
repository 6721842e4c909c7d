package io.deploytrace.ci;

import java.util.function.UnaryOperator;

/**
 * A span begins.
 *
 * @param span the span
 */
record Beginning(NewSpan span) implements UnaryOperator<JobState> {

    @Override
    public JobState apply(JobState state) {
        return state.opened(span.in(state));
    }
}
