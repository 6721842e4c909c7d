package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings records from the spool into the queue, and removes those that have ended. Safe for use by several threads. */
final class SpoolReader {

    private static final int SPANS_TO_EXPIRE = 10_000;
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(10);

    private final @Nullable SpoolStorage storage;
    private final CallQueue queue;
    private final Reports reports;
    private final int spansToRead;

    /** @param storage the spool, or null if there is none */
    SpoolReader(@Nullable SpoolStorage storage, CallQueue queue, Reports reports, int spansToRead) {
        this.storage = storage;
        this.queue = queue;
        this.reports = reports;
        this.spansToRead = spansToRead;
    }

    void read(long afterNumber) {
        if (storage == null) {
            return;
        }
        removeExpired();
        var calls = new ArrayList<Call>();
        try {
            var entries = storage.read(afterNumber, spansToRead);
            entries.forEach(entry -> load(entry, storage, calls));
            queue.loaded(calls, !entries.isEmpty());
        } catch (IOException | RuntimeException failure) {
            queue.readingFailed(PAUSE_AFTER_FAILURE);
            reports.spoolFailed(failure);
        }
    }

    private void load(SpoolRecord entry, SpoolStorage storage, List<Call> calls) {
        try {
            calls.add(Call.of(entry));
        } catch (SpanStoreException failure) {
            storage.remove(List.of(entry.number()));
            queue.unsendable(entry.spans().stream().map(Span::traceId).collect(Collectors.toSet()));
            reports.unsendable(entry.spans(), failure);
        }
    }

    /** Removes records whose calls have ended; others are left alone. */
    void remove(Collection<Call> ended) {
        var numbers = ended.stream()
                .filter(Call::isRecord)
                .map(call -> call.recordNumber)
                .toList();
        if (storage != null && !numbers.isEmpty()) {
            storage.remove(numbers);
        }
    }

    /** Gives up what has been on the spool for too long. */
    void removeExpired() {
        if (storage == null) {
            return;
        }
        try {
            for (var entry : storage.expire(SPANS_TO_EXPIRE)) {
                var call = Call.of(entry);
                if (queue.expired(call)) {
                    reports.rejected(call, Failures.expired(entry));
                }
            }
        } catch (IOException | SpanStoreException failure) {
            reports.spoolFailed(failure);
        }
    }
}
