package io.deploytrace.buffer;

import io.deploytrace.store.SpanStoreException.Reason;
import java.util.Map;

/**
 * What a buffer has done since it was built, at one moment. The parts fit together: accepted + recovered =
 * stored + duplicates + all that were rejected + held.
 *
 * @param accepted spans that callers gave, copies within a call counted once; a call that is refused at once counts here
 *     and as rejected
 * @param recovered spans that an earlier process had left on the spool
 * @param stored spans that the store took, as new or as a later version
 * @param duplicates spans that the store held already; among them those whose first answer was lost
 * @param rejected spans that this buffer will not store, by reason; unmodifiable
 * @param heldInMemory spans that wait, or are being written, and are not on the spool
 * @param heldOnSpool spans on the spool
 * @param retried spans that were to be written again, counted each time
 * @param spooled spans that were ever written to the spool by this process
 * @param commits how many times the store took a group
 * @param queueBytes what the spans in memory take, estimated; in bytes
 * @param spoolBytes the size of the spool's files, in bytes; 0 without a spool
 */
public record BufferMetrics(
        long accepted,
        long recovered,
        long stored,
        long duplicates,
        Map<Reason, Long> rejected,
        long heldInMemory,
        long heldOnSpool,
        long retried,
        long spooled,
        long commits,
        long queueBytes,
        long spoolBytes) {

    /** Copies the map. */
    public BufferMetrics {
        rejected = Map.copyOf(rejected);
    }

    /** All spans that the buffer still answers for: {@link #heldInMemory()} + {@link #heldOnSpool()}. */
    public long held() {
        return heldInMemory + heldOnSpool;
    }

    /** All spans that were rejected, for whatever reason. */
    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
