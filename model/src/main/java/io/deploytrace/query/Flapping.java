package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How what stands in the way went the last times, where it comes and goes.
 *
 * @param passed how many times it let the release pass, at least 1
 * @param times how many times are counted: the last ones, at most {@value #MAXIMUM_TIMES}
 */
public record Flapping(int passed, int times) {

    /** The most times that are counted. */
    public static final int MAXIMUM_TIMES = 10;

    /** How often it must have changed between passing and not, among the times that are counted. */
    public static final int FEWEST_CHANGES = 3;

    /**
     * Whether a step comes and goes: whether it changed at least three times between standing in the way and not, the last ten times that
     * it was evaluated for its release. Steps are the same if they have the same node type and rule or, where the step names none, name;
     * those of one trace count as one, which stands in the way if one of them does. Those that were skipped or are open don't count.
     *
     * @param blocker the step
     * @param newestFirst spans of the release target, the newest trace first; those of other steps are passed over
     * @return null when it doesn't
     */
    public static @Nullable Flapping of(Span blocker, Collection<Span> newestFirst) {
        Map<String, Boolean> passed = new LinkedHashMap<>();
        for (var span : newestFirst) {
            var step = Step.of(span);
            var counts = isSame(blocker, span) && (isAgainst(step) || hasPassed(step));
            if (counts && (passed.size() < MAXIMUM_TIMES || passed.containsKey(span.traceId()))) {
                passed.merge(span.traceId(), hasPassed(step), Boolean::logicalAnd);
            }
        }
        var times = new ArrayList<>(passed.values());
        var count = (int) times.stream().filter(each -> each).count();
        return changes(times) < FEWEST_CHANGES ? null : new Flapping(count, times.size());
    }

    private static boolean isSame(Span blocker, Span span) {
        return Objects.equals(blocker.nodeType(), span.nodeType())
                && Objects.equals(blocker.releaseId(), span.releaseId())
                && subject(blocker).equals(subject(span));
    }

    private static String subject(Span span) {
        var rule = span.attributes().getString(AttributeKeys.RULE_ID);
        return rule == null ? "name " + span.name() : "rule " + rule;
    }

    private static boolean isAgainst(Step step) {
        return step.isVerdictAgainst() || step.hasFailed();
    }

    private static boolean hasPassed(Step step) {
        return step.status() == Status.ALLOWED || step.status() == Status.COMPLETED;
    }

    private static int changes(List<Boolean> times) {
        var changes = 0;
        for (var i = 1; i < times.size(); i++) {
            changes += times.get(i).equals(times.get(i - 1)) ? 0 : 1;
        }
        return changes;
    }
}
