package io.deploytrace.recorder;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what each write was given, after the checks that every store makes; fails when told to. */
final class CapturingStore implements SpanWriter {

    final List<List<Span>> writes = new ArrayList<>();
    final List<Deadline> deadlines = new ArrayList<>();

    @Nullable RuntimeException failure;

    @Override
    public synchronized WriteResult write(Collection<Span> spans, Deadline deadline) {
        deadlines.add(deadline);
        if (failure != null) {
            throw failure;
        }
        var distinct = SpanBatch.of(spans).spans();
        writes.add(List.copyOf(spans));
        return new WriteResult(distinct.size(), 0, 0);
    }

    /** The spans of the only write. */
    List<Span> spans() {
        if (writes.size() != 1) {
            throw new AssertionError("Expected one write, but there were " + writes.size());
        }
        return writes.get(0);
    }
}
