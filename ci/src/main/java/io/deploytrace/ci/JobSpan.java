package io.deploytrace.ci;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span of the job that has not ended.
 *
 * @param id 16 lower-case hex digits
 * @param parentId the span it belongs under; null at the top of the job's trace
 * @param name what it stands for
 * @param start when it began
 * @param process the process that runs a command in it; 0 if {@code start} began it, so that {@code end} may end it
 * @param failed whether a step below it failed
 * @param link a span of another trace that surrounds the job; null if there is none
 * @param attributes texts, and integers as {@code Long}
 * @param notes the metadata so far
 */
record JobSpan(
        String id,
        @Nullable String parentId,
        String name,
        Instant start,
        long process,
        boolean failed,
        @Nullable Traceparent link,
        Map<String, Object> attributes,
        List<Note> notes) {

    JobSpan {
        attributes = Map.copyOf(attributes);
        notes = List.copyOf(notes);
    }

    /** Whether {@code start} began it. */
    boolean started() {
        return process == 0;
    }

    /** Whether it runs a command whose process is gone: it was killed, or it would have ended the span. */
    boolean killed() {
        return process != 0 && ProcessHandle.of(process).isEmpty();
    }

    JobSpan withNote(Note note) {
        var more = new ArrayList<>(notes);
        more.add(note);
        return new JobSpan(id, parentId, name, start, process, failed, link, attributes, more);
    }

    JobSpan withFailure() {
        return new JobSpan(id, parentId, name, start, process, true, link, attributes, notes);
    }
}
