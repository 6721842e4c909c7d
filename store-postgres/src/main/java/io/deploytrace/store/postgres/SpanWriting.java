package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes spans: new traces in one statement, all else in a transaction. */
final class SpanWriting {

    /** How often a write is tried anew that another writer got in the way of. */
    private static final int ATTEMPTS = 5;

    private static final Set<String> RACES = Set.of("23505", "40001", "40P01");

    private final Database database;
    private final @Nullable InstantSource clock;

    /** @param clock the clock of {@code created_at}; null for the database's */
    SpanWriting(Database database, @Nullable InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    WriteResult write(Collection<Span> spans, Deadline deadline) {
        var batch = SpanBatch.of(spans);
        if (batch.isEmpty()) {
            return WriteResult.NOTHING;
        }
        var undone = undone(batch.spans().size());
        return NewTraces.areLikely(batch) && insert(batch, undone, deadline)
                ? new WriteResult(batch.spans().size(), 0, 0)
                : merge(batch, undone, deadline);
    }

    private static String undone(int count) {
        return count == 1 ? "The span was not written." : "None of the " + count + " spans was written.";
    }

    private boolean insert(SpanBatch batch, String undone, Deadline deadline) {
        var traces = NewTraces.of(batch, time(), undone);
        try {
            return database.call(undone, deadline, UnknownWorkspace.named(batch, undone, traces::insert));
        } catch (SpanStoreException failure) {
            if (isRace(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private WriteResult merge(SpanBatch batch, String undone, Deadline deadline) {
        for (var attempt = 1; ; attempt++) {
            var merge = new TraceMerge(batch, time(), undone);
            try {
                return database.transaction(undone, deadline, UnknownWorkspace.named(batch, undone, merge::run));
            } catch (SpanStoreException failure) {
                if (attempt == ATTEMPTS || !(isRace(failure) || failure.reason() == Reason.CONFLICT)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean isRace(SpanStoreException failure) {
        return failure.getCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && RACES.contains(cause.getSQLState());
    }

    private @Nullable String time() {
        return clock == null ? null : Timestamps.text(clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
