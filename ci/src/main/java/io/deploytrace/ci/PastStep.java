package io.deploytrace.ci;

import java.util.function.UnaryOperator;

/**
 * A step is recorded that is over.
 *
 * @param span the step
 * @param ending how it ended
 */
record PastStep(NewSpan span, Ending ending) implements UnaryOperator<JobState> {

    @Override
    public JobState apply(JobState state) {
        return state.ended(span.in(state), ending);
    }
}
