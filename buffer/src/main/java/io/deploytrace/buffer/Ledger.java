package io.deploytrace.buffer;

import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.util.EnumMap;
import java.util.Map;

/**
 * All counts. Each method is one whole booking: what it takes from one count it gives to another, so that the sum is true in any
 * snapshot. Safe for use by several threads.
 */
class Ledger {

    private final Map<Reason, Long> rejected = new EnumMap<>(Reason.class);
    private long accepted;
    private long recovered;
    private long stored;
    private long duplicates;
    private long inMemory;
    private long onSpool;
    private long retried;
    private long spooled;
    private long commits;

    synchronized void accepted(int spans) {
        accepted += spans;
        inMemory += spans;
    }

    /** Spans that never came in. */
    synchronized void refused(int spans, Reason reason) {
        accepted += spans;
        reject(spans, reason);
    }

    synchronized void recovered(int spans) {
        recovered += spans;
        onSpool += spans;
    }

    synchronized void spooled(int spans) {
        spooled += spans;
        inMemory -= spans;
        onSpool += spans;
    }

    synchronized void stored(Call call, int asDuplicates) {
        stored += call.size() - asDuplicates;
        duplicates += asDuplicates;
        release(call.size(), call.isRecord());
    }

    /** How many of the call's spans the store held already. */
    static int duplicates(Call call, WriteResult result) {
        return Math.min(call.size(), Math.max(0, result.unchanged()));
    }

    synchronized void rejected(Call call, Reason reason) {
        release(call.size(), call.isRecord());
        reject(call.size(), reason);
    }

    /** Spans that left the spool without being sent. */
    synchronized void lost(int spans, Reason reason) {
        release(spans, true);
        reject(spans, reason);
    }

    private void reject(int spans, Reason reason) {
        rejected.merge(reason, (long) spans, Long::sum);
    }

    private void release(int spans, boolean fromSpool) {
        if (fromSpool) {
            onSpool -= spans;
        } else {
            inMemory -= spans;
        }
    }

    synchronized void retried(int spans) {
        retried += spans;
    }

    synchronized void committed() {
        commits++;
    }

    synchronized BufferMetrics snapshot(long queueBytes, long spoolBytes) {
        return new BufferMetrics(
                accepted,
                recovered,
                stored,
                duplicates,
                rejected,
                inMemory,
                onSpool,
                retried,
                spooled,
                commits,
                queueBytes,
                spoolBytes);
    }
}
