package io.deploytrace.server.api;

import io.deploytrace.span.Span;
import io.deploytrace.store.Answers;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WorkspaceStore;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The outlines of large traces. They take the most memory of all that is asked: they are read one after the other. */
final class Outlines {

    /** So many may be waited for at once: each waits on a thread that other questions need too. */
    private static final int MOST_WAITING = 4;

    private final SpanReader reader;
    private final WorkspaceStore workspaces;
    private final Semaphore places = new Semaphore(1 + MOST_WAITING);
    private final Semaphore free = new Semaphore(1, true);

    Outlines(SpanReader reader, WorkspaceStore workspaces) {
        this.reader = reader;
        this.workspaces = workspaces;
    }

    /** What is taken of the outlines of the request's trace with those linked to it; the outlines themselves aren't to be kept. */
    <T> T read(ApiRequest request, Function<List<Span>, T> take) {
        try (var turn = new Turn(request.deadline())) {
            turn.take();
            var found = reader.outline(request.workspaceId(), request.trace(), request.deadline());
            if (found.isEmpty()) {
                throw ProblemException.traceNotFound(request.trace());
            }
            return take.apply(found);
        }
    }

    /** What answers give that look at whole traces: of large ones in turn. What they hold of the traces isn't to be kept. */
    <T> T answer(ApiRequest request, Function<Answers, T> question) {
        try (var turn = new Turn(request.deadline())) {
            return question.apply(new Answers(new ReaderInTurn(reader, turn::take), workspaces));
        }
    }

    /** The turn of one request, once it was taken. */
    private final class Turn implements AutoCloseable {

        private final Deadline deadline;
        private boolean hasPlace;
        private boolean isTaken;

        Turn(Deadline deadline) {
            this.deadline = deadline;
        }

        /** Waits for it, unless it was taken before. */
        void take() {
            if (isTaken) {
                return;
            }
            hasPlace = places.tryAcquire();
            if (!hasPlace) {
                throw new SpanStoreException(Reason.OVERLOADED, "Many large traces are asked for at once");
            }
            isTaken = await();
            if (!isTaken) {
                throw new SpanStoreException(Reason.DEADLINE_PASSED, "Other large traces were read meanwhile");
            }
        }

        private boolean await() {
            try {
                return free.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SpanStoreException(Reason.DEADLINE_PASSED, "The server stops", e);
            }
        }

        @Override
        public void close() {
            if (isTaken) {
                free.release();
            }
            if (hasPlace) {
                places.release();
            }
        }
    }
}
