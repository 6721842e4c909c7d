package io.deploytrace.store;

import io.deploytrace.query.FanoutTarget;
import io.deploytrace.query.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

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
        return Optional.of(new FanoutTarget(
                key,
                latest(traces, newest(own)).brief(),
                own.get(0).summary().startTime(),
                last(traces, outcome -> outcome == Outcome.DEPLOYED)
                        .map(StoredTrace::brief)
                        .orElse(null),
                traces.get(traces.size() - 1).summary().releaseId()));
    }

    /** The newest in which something was done; if there is none, the newest. */
    private static StoredTrace newest(List<StoredTrace> traces) {
        return last(traces, outcome -> outcome != Outcome.SKIPPED).orElse(traces.get(traces.size() - 1));
    }

    /** The trace of the target that deployed its release, if that was the last up to it that got going; else itself. */
    private static StoredTrace latest(List<StoredTrace> traces, StoredTrace newest) {
        return last(traces.subList(0, traces.indexOf(newest) + 1), Outcome::gotGoing)
                .filter(started -> started.summary().outcome() == Outcome.DEPLOYED)
                .filter(started -> Objects.equals(
                        started.summary().releaseId(), newest.summary().releaseId()))
                .orElse(newest);
    }

    Optional<StoredTrace> lastStarted(String key) {
        return last(byKey.getOrDefault(key, List.of()), Outcome::gotGoing);
    }

    private static Optional<StoredTrace> last(List<StoredTrace> traces, Predicate<Outcome> outcomes) {
        for (var i = traces.size() - 1; i >= 0; i--) {
            if (outcomes.test(traces.get(i).summary().outcome())) {
                return Optional.of(traces.get(i));
            }
        }
        return Optional.empty();
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
