package io.deploytrace.server.api;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The outlines of large traces. They take the most memory of all that is asked: they are read one after the other. */
final class Outlines {

    /** So many may be waited for at once: each waits on a thread that other questions need too. */
    private static final int MOST_WAITING = 4;

    private final SpanReader reader;
    private final Semaphore places = new Semaphore(1 + MOST_WAITING);
    private final Semaphore turn = new Semaphore(1, true);

    Outlines(SpanReader reader) {
        this.reader = reader;
    }

    /** What is taken of the outlines of the request's trace with those linked to it; the outlines themselves aren't to be kept. */
    <T> T read(ApiRequest request, Function<List<Span>, T> take) {
        if (!places.tryAcquire()) {
            throw new SpanStoreException(Reason.OVERLOADED, "Many large traces are asked for at once");
        }
        try {
            return readInTurn(request, take);
        } finally {
            places.release();
        }
    }

    private <T> T readInTurn(ApiRequest request, Function<List<Span>, T> take) {
        awaitTurn(request.deadline());
        try {
            var found = reader.outline(request.workspaceId(), request.trace(), request.deadline());
            if (found.isEmpty()) {
                throw ProblemException.traceNotFound(request.trace());
            }
            return take.apply(found);
        } finally {
            turn.release();
        }
    }

    private void awaitTurn(Deadline deadline) {
        try {
            if (!turn.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SpanStoreException(Reason.DEADLINE_PASSED, "Other large traces were read meanwhile");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpanStoreException(Reason.DEADLINE_PASSED, "The server stops", e);
        }
    }
}
