package io.deploytrace.buffer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Keeps the order per trace: a call waits for the earlier ones that it shares a trace with. Guarded by the lock of
 * {@link CallQueue}.
 */
final class TraceLines {

    private static final Comparator<Call> BY_ARRIVAL = Comparator.comparingLong(call -> call.sequence);

    private final Map<String, Call> last = new HashMap<>();

    /** Lines the call up; answers whether it may go at once. */
    boolean enter(Call call) {
        for (var trace : call.traces) {
            var before = last.put(trace, call);
            if (before != null) {
                call.follow(before);
            }
        }
        return call.predecessors.isEmpty();
    }

    /** The calls that a call of these traces would have to wait for. */
    List<Call> latestOf(Set<String> traces) {
        return traces.stream()
                .map(last::get)
                .filter(Objects::nonNull)
                .distinct()
                .sorted(BY_ARRIVAL)
                .toList();
    }

    /** Takes the call out, from wherever it stands; answers those that may go now. */
    List<Call> leave(Call call) {
        for (var trace : call.traces) {
            last.computeIfPresent(trace, (id, latest) -> latest == call ? latestBefore(call, id) : latest);
        }
        call.predecessors.forEach(predecessor -> predecessor.followers.remove(call));
        var free = new ArrayList<Call>(call.followers.size());
        for (var follower : call.followers) {
            follower.predecessors.remove(call);
            call.predecessors.forEach(follower::follow);
            if (follower.predecessors.isEmpty()) {
                free.add(follower);
            }
        }
        free.sort(BY_ARRIVAL);
        return free;
    }

    @SuppressWarnings("NullAway") // computeIfPresent removes the entry when it gets null
    private static Call latestBefore(Call call, String trace) {
        return call.predecessors.stream()
                .filter(predecessor -> predecessor.traces.contains(trace))
                .max(BY_ARRIVAL)
                .orElse(null);
    }

    /** The call and all that stand before it, in the order in which they came. */
    static List<Call> upTo(Call call) {
        var found = new LinkedHashSet<Call>();
        var open = new ArrayDeque<Call>();
        open.add(call);
        while (!open.isEmpty()) {
            var next = open.remove();
            if (found.add(next)) {
                open.addAll(next.predecessors);
            }
        }
        return found.stream().sorted(BY_ARRIVAL).toList();
    }
}
