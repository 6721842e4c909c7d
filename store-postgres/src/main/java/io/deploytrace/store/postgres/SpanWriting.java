package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.WriteResult;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes spans: new traces and such as have merely grown in one round trip, many new ones by COPY, all else in a
 * transaction that reads what is stored.
 */
final class SpanWriting {

    /** How often a write is tried anew that another writer got in the way of. */
    private static final int ATTEMPTS = 5;

    private static final Set<String> RACES = Set.of("23505", "40001", "40P01");

    /** A race, or the division by zero with which {@link GrowStatement#GROW} undoes itself. */
    private static final Set<String> UNCLEAR = Set.of("23505", "40001", "40P01", "22012");

    /** With fewer spans a COPY gains less than its round trips cost. */
    static final int COPY_FROM = 256;

    /** What PostgreSQL says of a table with row-level security, into which an INSERT may be allowed. */
    private static final Set<String> COPY_REFUSED = Set.of("0A000");

    private final Database database;
    private final @Nullable InstantSource clock;
    private final int copyFrom;
    private volatile boolean isCopyRefused;
    private final OpenTraces openTraces = new OpenTraces();
    private final Encoding.Pool encodings = new Encoding.Pool();

    /**
     * @param clock the clock of {@code created_at}; null for the database's
     * @param copyFrom from how many spans on a write goes by COPY
     */
    SpanWriting(Database database, @Nullable InstantSource clock, int copyFrom) {
        this.database = database;
        this.clock = clock;
        this.copyFrom = copyFrom;
    }

    WriteResult write(Collection<Span> spans, Deadline deadline) {
        var traces = Traces.of(SpanBatch.of(spans));
        try {
            return sum(write(traces, deadline).values());
        } catch (SpanRows.TooLarge tooLarge) {
            throw tooLarge.named(traces.undone());
        }
    }

    List<WriteResult> writeAll(List<? extends Collection<Span>> batches, Deadline deadline) {
        var checked = batches.stream().map(SpanBatch::of).toList();
        var traces = Traces.of(checked);
        if (traces != null) {
            try {
                var results = write(traces, deadline);
                return checked.stream().map(batch -> sum(results, batch)).toList();
            } catch (SpanRows.TooLarge tooLarge) {
                // Then each for itself, which may be small enough.
            }
        }
        return checked.stream().map(batch -> write(batch.spans(), deadline)).toList();
    }

    private static WriteResult sum(Collection<WriteResult> results) {
        return results.stream().reduce(WriteResult.NOTHING, WriteResult::plus);
    }

    private static WriteResult sum(Map<String, WriteResult> results, SpanBatch batch) {
        return sum(batch.traces().keySet().stream().map(results::get).toList());
    }

    private Map<String, WriteResult> write(Traces traces, Deadline deadline) {
        if (traces.isEmpty()) {
            return Map.of();
        }
        var results = traces.areWhole() ? writeWhole(traces, deadline) : Map.<String, WriteResult>of();
        if (results.isEmpty()) {
            results = merge(traces, deadline);
        }
        openTraces.written(traces);
        return results;
    }

    /** Empty if nothing was written, since that takes a look at what is stored. */
    private Map<String, WriteResult> writeWhole(Traces traces, Deadline deadline) {
        var encoding = encodings.take();
        encoding.add(traces);
        try {
            return !openTraces.containsAnyOf(traces) && insert(traces, encoding, deadline)
                    ? inserted(traces)
                    : grow(traces, encoding, deadline);
        } finally {
            encodings.giveBack(encoding);
        }
    }

    private static Map<String, WriteResult> inserted(Traces traces) {
        var results = new HashMap<String, WriteResult>();
        traces.byId().forEach((id, spans) -> results.put(id, new WriteResult(spans.size(), 0, 0)));
        return results;
    }

    private boolean insert(Traces traces, Encoding encoding, Deadline deadline) {
        var insert = new NewTraces(traces, encoding, time());
        if (traces.spanCount() >= copyFrom && !isCopyRefused) {
            try {
                return expecting(RACES, false, () -> transaction(traces, deadline, insert::copy));
            } catch (SpanStoreException failure) {
                if (!isOneOf(COPY_REFUSED, failure)) {
                    throw failure;
                }
                isCopyRefused = true;
            }
        }
        return expecting(RACES, false, () -> call(traces, deadline, insert::insert));
    }

    private Map<String, WriteResult> grow(Traces traces, Encoding encoding, Deadline deadline) {
        var grow = new GrownTraces(traces, encoding, time());
        return expecting(UNCLEAR, Map.of(), () -> call(traces, deadline, grow::write));
    }

    private <T> T call(Traces traces, Deadline deadline, Database.Work<T> work) {
        return database.call(traces.undone(), deadline, UnknownWorkspace.named(traces, work));
    }

    private <T> T transaction(Traces traces, Deadline deadline, Database.Work<T> work) {
        return database.transaction(traces.undone(), deadline, UnknownWorkspace.named(traces, work));
    }

    /** What the call returns; something else where it fails with one of these states. */
    private static <T> T expecting(Set<String> states, T otherwise, Supplier<T> call) {
        try {
            return call.get();
        } catch (SpanStoreException failure) {
            if (isOneOf(states, failure)) {
                return otherwise;
            }
            throw failure;
        }
    }

    private Map<String, WriteResult> merge(Traces traces, Deadline deadline) {
        for (var attempt = 1; ; attempt++) {
            try {
                return mergeOnce(traces, deadline);
            } catch (TraceMerge.Overtaken overtaken) {
                if (attempt == ATTEMPTS) {
                    throw overtaken.atLast();
                }
            } catch (SpanStoreException failure) {
                if (attempt == ATTEMPTS || !isOneOf(RACES, failure)) {
                    throw failure;
                }
            }
        }
    }

    private Map<String, WriteResult> mergeOnce(Traces traces, Deadline deadline) {
        var encoding = encodings.take();
        var merge = new TraceMerge(traces, encoding, time());
        var results = transaction(traces, deadline, merge::run);
        encodings.giveBack(encoding);
        return results;
    }

    private static boolean isOneOf(Set<String> states, SpanStoreException failure) {
        return failure.getCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && states.contains(cause.getSQLState());
    }

    private @Nullable String time() {
        return clock == null ? null : Timestamps.text(clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
