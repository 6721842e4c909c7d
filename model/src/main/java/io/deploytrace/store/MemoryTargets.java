package io.deploytrace.store;

import io.deploytrace.query.FanoutTarget;
import io.deploytrace.query.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The release targets of one workspace in an {@link InMemorySpanStore}, each with its traces. */
final class MemoryTargets {

    private static final String LIST = "targets";
    private static final String FANOUT = "fanout";

    /** The traces of each target, oldest first. */
    private final TreeMap<String, List<StoredTrace>> byKey = new TreeMap<>(MemoryLists.BY_BYTES);

    /** The targets of the traces, which are in the order of their age. */
    MemoryTargets(List<MemoryTrace> traces) {
        for (var trace : traces) {
            var key = trace.summary().releaseTargetKey();
            if (key != null && trace.summary().parentTraceId() == null) {
                byKey.computeIfAbsent(key, first -> new ArrayList<>()).add(trace.stored());
            }
        }
    }

    Page<TargetState> page(TargetFilter filter, PageRequest page) {
        var last = page.cursor() == null
                ? ""
                : PageCursor.parse(LIST, 1, page.cursor()).position().get(0);
        var states = byKey.tailMap(last, page.cursor() == null).values().stream()
                .map(MemoryTargets::state)
                .filter(state -> matches(state, filter));
        return MemoryLists.page(
                states, page, state -> PageCursor.of(LIST, keyOf(state)).text());
    }

    List<String> keys(String beginning, int limit) {
        return byKey.keySet().stream()
                .filter(key -> key.startsWith(beginning))
                .limit(limit)
                .toList();
    }

    Page<FanoutTarget> fanout(String releaseId, PageRequest page) {
        var last = page.cursor() == null
                ? ""
                : PageCursor.parse(FANOUT, 1, page.cursor()).position().get(0);
        var targets = byKey.tailMap(last, page.cursor() == null).entrySet().stream()
                .map(entry -> fanout(entry.getKey(), entry.getValue(), releaseId))
                .flatMap(Optional::stream);
        return MemoryLists.page(
                targets,
                page,
                target -> PageCursor.of(FANOUT, target.releaseTargetKey()).text());
    }

    private static Optional<FanoutTarget> fanout(String key, List<StoredTrace> traces, String releaseId) {
        var own = traces.stream()
                .filter(trace -> releaseId.equals(trace.summary().releaseId()))
                .toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        var newest = traces.get(traces.size() - 1).summary().releaseId();
        return Optional.of(new FanoutTarget(
                key, newest(own).brief(), own.get(0).summary().startTime(), releaseId.equals(newest) ? null : newest));
    }

    /** The newest in which something was done; if there is none, the newest. */
    private static StoredTrace newest(List<StoredTrace> traces) {
        for (var i = traces.size() - 1; i >= 0; i--) {
            if (traces.get(i).summary().outcome() != Outcome.SKIPPED) {
                return traces.get(i);
            }
        }
        return traces.get(traces.size() - 1);
    }

    private static TargetState state(List<StoredTrace> traces) {
        var recent = new ArrayList<RecentTrace>();
        for (var i = traces.size() - 1; i >= 0 && recent.size() < TargetState.RECENT; i--) {
            recent.add(RecentTrace.of(traces.get(i)));
        }
        return new TargetState(traces.get(traces.size() - 1), recent);
    }

    private static boolean matches(TargetState state, TargetFilter filter) {
        return (filter.outcome() == null
                        || filter.outcome() == state.latest().summary().outcome())
                && (filter.text() == null || SearchText.of(filter.text()).isIn(keyOf(state)));
    }

    private static String keyOf(TargetState state) {
        return Objects.requireNonNull(state.latest().summary().releaseTargetKey());
    }
}
