package io.deploytrace.ci;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span that begins, before it is known where in the trace.
 *
 * @param id 16 lower-case hex digits
 * @param name what it stands for
 * @param process the process that ends it; 0 if {@code end} does, or it has ended already
 * @param start when it begins
 * @param attributes what is known of it
 * @param variables the environment of this process
 */
record NewSpan(
        String id,
        String name,
        long process,
        Instant start,
        Map<String, Object> attributes,
        Map<String, String> variables) {

    /**
     * The span in its place. One at the top of the job's trace carries what the job knows about itself, and a link to the foreign span that
     * surrounds the job, if there is one.
     */
    JobSpan in(JobState state) {
        var surrounding = Traceparent.surrounding(variables);
        var parent = state.current(surrounding);
        return parent == null
                ? top(surrounding)
                : new JobSpan(id, parent, name, start, process, false, null, attributes, List.of());
    }

    private JobSpan top(@Nullable Traceparent surrounding) {
        var all = Runner.facts(new RunnerVariables(variables));
        all.putAll(attributes);
        return new JobSpan(id, null, name, start, process, false, surrounding, all, List.of());
    }
}
