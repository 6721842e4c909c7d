package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A writer whose every attempt waits until the test says how it ends. */
final class GatedWriter implements SpanWriter {

    /** How an attempt ends. */
    interface End {
        List<WriteResult> of(List<? extends Collection<Span>> batches);
    }

    /** An attempt that is under way. */
    record Attempt(List<? extends Collection<Span>> batches, LinkedBlockingQueue<End> end) {

        void end(End how) {
            end.add(how);
        }

        void store() {
            end(GatedWriter::stored);
        }

        void fail(SpanStoreException failure) {
            end(batches -> {
                throw failure;
            });
        }
    }

    private final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();
    final List<Span> stored = new CopyOnWriteArrayList<>();

    /** The next attempt, once it has begun. */
    Attempt next() throws InterruptedException {
        var attempt = attempts.poll(30, TimeUnit.SECONDS);
        if (attempt == null) {
            throw new AssertionError("No attempt was made.");
        }
        return attempt;
    }

    /** Stores the next attempt if one has begun. */
    void storeNext() {
        var attempt = attempts.poll();
        if (attempt != null) {
            attempt.store();
        }
    }

    boolean hasNext() {
        return !attempts.isEmpty();
    }

    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        throw new AssertionError("The buffer writes groups.");
    }

    @Override
    public List<WriteResult> writeAll(List<? extends Collection<Span>> batches, Deadline deadline) {
        var attempt = new Attempt(batches, new LinkedBlockingQueue<>());
        attempts.add(attempt);
        var results = take(attempt).of(batches);
        batches.forEach(stored::addAll);
        return results;
    }

    private static End take(Attempt attempt) {
        try {
            return attempt.end().take();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static List<WriteResult> stored(List<? extends Collection<Span>> batches) {
        var results = new ArrayList<WriteResult>();
        batches.forEach(batch -> results.add(new WriteResult(batch.size(), 0, 0)));
        return results;
    }
}
