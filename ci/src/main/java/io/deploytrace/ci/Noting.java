package io.deploytrace.ci;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The open span gets a note.
 *
 * @param note the note
 * @param surrounding what surrounds this process
 * @param warnings is told where there is no span
 */
record Noting(Note note, @Nullable Traceparent surrounding, Warnings warnings) implements UnaryOperator<JobState> {

    @Override
    public JobState apply(JobState state) {
        var span = state.find(state.current(surrounding));
        if (span == null) {
            warnings.say("there is no open span to add '" + note.key()
                    + "' to: begin one with 'start', or run the command with 'exec'.");
        }
        return span == null ? state : state.noted(span, note);
    }
}
