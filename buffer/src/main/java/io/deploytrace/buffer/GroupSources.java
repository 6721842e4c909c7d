package io.deploytrace.buffer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The calls that a flusher may take, from which groups are formed. Which kind comes first changes from group to group, so that neither
 * new calls nor the spool's records nor a call that fails again and again keeps the others waiting. Guarded by
 * the lock of {@link CallQueue}.
 */
final class GroupSources {

    /** The most estimated bytes of a group; a larger call makes a group alone. */
    static final long MAXIMUM_BYTES = 16L << 20;

    /** The place of {@link #repeated} among the sources. */
    private static final int REPEATED = 2;

    private final Set<Call> repeated = new LinkedHashSet<>();
    private final Set<Call> fresh = new LinkedHashSet<>();
    private final Set<Call> records = new LinkedHashSet<>();
    private final List<Set<Call>> sources = List.of(fresh, records, repeated);
    private final int maximumSpans;
    private int spans;
    private int turn;

    GroupSources(int maximumSpans) {
        this.maximumSpans = maximumSpans;
        this.spans = maximumSpans;
    }

    void add(Call call) {
        (call.isRecord() ? records : fresh).add(call);
    }

    void addAgain(Call call) {
        repeated.add(call);
    }

    void remove(Call call) {
        sources.forEach(source -> source.remove(call));
    }

    boolean isEmpty() {
        return sources.stream().allMatch(Set::isEmpty);
    }

    /** Takes the next group out; empty if there is nothing. */
    List<Call> take(boolean repeatedToo) {
        var group = new Group(spans);
        turn++;
        for (var i = 0; i < sources.size(); i++) {
            var source = (turn + i) % sources.size();
            if (repeatedToo || source != REPEATED) {
                group.fill(sources.get(source));
            }
        }
        return group.calls;
    }

    /** Groups become smaller after one took too long. */
    void shrink() {
        spans = Math.max(1, spans / 2);
    }

    /** Groups may become larger again after one went well. */
    void grow() {
        spans = (int) Math.min(maximumSpans, 2L * spans);
    }

    private static final class Group {

        private final List<Call> calls = new ArrayList<>();
        private final int maximumSpans;
        private int spans;
        private long bytes;

        Group(int maximumSpans) {
            this.maximumSpans = maximumSpans;
        }

        void fill(Set<Call> source) {
            for (var next = source.iterator(); next.hasNext(); ) {
                var call = next.next();
                if (!calls.isEmpty() && !fits(call)) {
                    return;
                }
                next.remove();
                calls.add(call);
                spans += call.size();
                bytes += call.bytes;
            }
        }

        private boolean fits(Call call) {
            return spans + call.size() <= maximumSpans && bytes + call.bytes <= MAXIMUM_BYTES;
        }
    }
}
