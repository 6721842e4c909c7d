package io.deploytrace.buffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is on its way to the spool, and on its way back. Guarded by the lock of {@link CallQueue}; the spool itself is used
 * outside of it.
 */
final class Spooling {

    final boolean exists;

    /** To be written, in the order in which that was decided. */
    private final Set<Call> waiting = new LinkedHashSet<>();

    private final TreeMap<Long, Call> loaded = new TreeMap<>();

    /** How many calls and records of each trace are on the spool or on their way there. */
    private final Map<String, Integer> traces = new HashMap<>();

    private final int spansToLoad;
    private int loadedSpans;
    private int writing;
    private boolean unread;
    private boolean reading;
    private long readAfter;
    private long lastRead = -1;
    private long lastWritten = -1;

    /** @param spansToLoad how many spans to have in memory, ready to be sent */
    Spooling(boolean exists, Map<String, Integer> recoveredTraces, int spansToLoad, long now) {
        this.exists = exists;
        this.unread = exists;
        this.spansToLoad = spansToLoad;
        this.readAfter = now;
        traces.putAll(recoveredTraces);
    }

    boolean holdsAnyOf(Set<String> traceIds) {
        if (traces.isEmpty()) {
            return false;
        }
        return traceIds.stream().anyMatch(traces::containsKey);
    }

    void add(Call call) {
        waiting.add(call);
        call.traces.forEach(trace -> traces.merge(trace, 1, Integer::sum));
    }

    /** Whether the call could be taken back, since it isn't being written yet. */
    boolean takeBack(Call call) {
        if (!waiting.remove(call)) {
            return false;
        }
        forget(call.traces);
        return true;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    List<Call> takeWaiting() {
        var calls = new ArrayList<>(waiting);
        waiting.clear();
        writing = calls.size();
        return calls;
    }

    void written(long number) {
        lastWritten = number;
        endWriting();
    }

    void notWritten(Call call) {
        forget(call.traces);
        endWriting();
    }

    private void endWriting() {
        writing--;
        unread = true;
    }

    /** A call or record of these traces isn't on the spool, or no longer. */
    void forget(Set<String> traceIds) {
        for (var trace : traceIds) {
            traces.computeIfPresent(trace, (id, count) -> count == 1 ? null : (Integer) (count - 1));
        }
    }

    boolean mayRead(long now) {
        return unread && !reading && loadedSpans < spansToLoad && now - readAfter >= 0;
    }

    /** How long until reading may be tried again; zero or less if there is nothing to wait for. */
    long nanosUntilRead(long now) {
        return unread && !reading ? readAfter - now : 0;
    }

    /** Someone reads now; answers what to read after. */
    long beginReading() {
        reading = true;
        unread = false;
        return lastRead;
    }

    /**
     * The end of reading; answers the records that may be sent. While some are being written, it isn't known yet that those are on the
     * disk: they are read again afterwards.
     */
    List<Call> endReading(List<Call> records, boolean more) {
        reading = false;
        var known = records.stream()
                .filter(call -> writing == 0 || call.recordNumber <= lastWritten)
                .toList();
        unread |= more && known.size() == records.size();
        for (var call : known) {
            loaded.put(call.recordNumber, call);
            loadedSpans += call.size();
            lastRead = Math.max(lastRead, call.recordNumber);
        }
        forgetWhatWasLost();
        return known;
    }

    /** Of records that were lost unread nobody knows the traces. Once nothing is on the spool, none of a trace is. */
    private void forgetWhatWasLost() {
        if (!unread && !reading && loaded.isEmpty() && waiting.isEmpty() && writing == 0) {
            traces.clear();
        }
    }

    void readingFailed(long nextTry) {
        reading = false;
        unread = true;
        readAfter = nextTry;
    }

    /** The record has been stored or rejected. */
    void ended(Call entry) {
        if (loaded.remove(entry.recordNumber) != null) {
            loadedSpans -= entry.size();
            forget(entry.traces);
            forgetWhatWasLost();
        }
    }

    Map<Long, Call> loaded() {
        return loaded;
    }

    /** What {@link #isSentUpTo} takes for all that is on the spool now. */
    long mark() {
        return lastWritten;
    }

    boolean isSentUpTo(long mark) {
        if (!exists || (!unread && !reading && loaded.isEmpty())) {
            return true;
        }
        return mark >= 0 && lastRead >= mark && (loaded.isEmpty() || loaded.firstKey() > mark);
    }
}
