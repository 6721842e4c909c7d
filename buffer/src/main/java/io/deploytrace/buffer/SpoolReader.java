package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings records from the spool into the queue, and removes those that have ended. Safe for use by several threads. Reading and expiring
 * exclude each other: a record that expires while it is on its way into the queue would end twice.
 */
final class SpoolReader {

    private static final int SPANS_TO_EXPIRE = 10_000;
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(10);

    private final @Nullable Spool spool;
    private final CallQueue queue;
    private final Reports reports;
    private final int spansToRead;

    /** @param spool the spool, or null if there is none */
    SpoolReader(@Nullable Spool spool, CallQueue queue, Reports reports, int spansToRead) {
        this.spool = spool;
        this.queue = queue;
        this.reports = reports;
        this.spansToRead = spansToRead;
    }

    synchronized void read(long afterNumber) {
        if (spool == null) {
            return;
        }
        var calls = new ArrayList<Call>();
        try {
            removeExpired();
            var entries = spool.read(afterNumber, spansToRead);
            entries.forEach(entry -> load(entry, spool, calls));
            queue.happen(states -> states.loaded(calls, !entries.isEmpty()));
        } catch (Throwable failure) {
            var nextTry = System.nanoTime() + PAUSE_AFTER_FAILURE;
            queue.happen(states -> states.spooling.readingFailed(nextTry));
            reports.spoolFailed(failure);
        }
    }

    private void load(SpoolRecord entry, Spool spool, List<Call> calls) {
        try {
            calls.add(Call.of(entry));
        } catch (SpanStoreException failure) {
            spool.remove(List.of(entry.number()));
            queue.happen(states -> states.unsendable(entry, traces(entry), failure.reason()));
            reports.unsendable(entry.spans(), failure);
        }
    }

    private static Set<String> traces(SpoolRecord entry) {
        return entry.spans().stream().map(Span::traceId).collect(Collectors.toSet());
    }

    /** Removes records whose calls have ended; others are left alone. */
    void remove(Collection<Call> ended) {
        var numbers = ended.stream()
                .filter(Call::isRecord)
                .map(call -> call.recordNumber)
                .toList();
        if (spool != null && !numbers.isEmpty()) {
            spool.remove(numbers);
        }
    }

    /** Gives up what has been on the spool for too long. */
    synchronized void removeExpired() {
        if (spool == null) {
            return;
        }
        try {
            for (var old = spool.expire(SPANS_TO_EXPIRE); !old.isEmpty(); old = spool.expire(SPANS_TO_EXPIRE)) {
                old.forEach(this::expired);
            }
        } catch (IOException failure) {
            reports.spoolFailed(failure);
        }
    }

    private void expired(SpoolRecord entry) {
        if (queue.ask(states -> states.expired(entry, traces(entry)))) {
            reports.unsendable(entry.spans(), Failures.expired(entry));
        }
    }
}
