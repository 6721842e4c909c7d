package io.deploytrace.cli;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Writes the demonstration's day as it would have been written in the course of it: in order, each batch at the time
 * of its last trace.
 */
final class DemoWriting {

    /** Traces that end within this are written together; so much their {@code created_at} is off at most. */
    private static final Duration BATCH = Duration.ofMinutes(2);

    private final SpanWriter writer;
    private final DemoClock clock;

    DemoWriting(Function<InstantSource, SpanWriter> writerOn, Instant start) {
        clock = new DemoClock(start);
        writer = writerOn.apply(clock);
    }

    /**
     * What was written.
     *
     * @param traces linked ones included
     * @param spans their spans
     */
    record Written(long traces, long spans) {}

    Written write(List<DemoRecorder.Recorded> recorded, Deadline deadline) {
        var ordered = recorded.stream()
                .sorted(Comparator.comparing(DemoRecorder.Recorded::time))
                .toList();
        var batch = new ArrayList<Span>();
        var first = clock.instant();
        for (var next : ordered) {
            if (next.time().isAfter(first.plus(BATCH))) {
                writer.write(batch, deadline);
                batch.clear();
                first = next.time();
            }
            clock.set(next.time());
            batch.addAll(next.spans());
        }
        writer.write(batch, deadline);
        return count(ordered);
    }

    private static Written count(List<DemoRecorder.Recorded> recorded) {
        var spans = recorded.stream().flatMap(each -> each.spans().stream()).toList();
        return new Written(spans.stream().map(Span::traceId).distinct().count(), spans.size());
    }
}
