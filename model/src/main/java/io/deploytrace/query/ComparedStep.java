package io.deploytrace.query;

import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A step of a trace, or of one linked to it, with what its like in another trace is known by.
 *
 * @param step the step
 * @param kind what it is
 * @param isLinked whether it is of a linked trace
 * @param place where it stands: the name of the action that it is part of, else its phase; null when it has neither
 */
record ComparedStep(
        Step step,
        StepKind kind,
        boolean isLinked,
        @Nullable String place) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** What steps of one rule have in common. */
    record RuleKey(StepKind kind, boolean isLinked, String rule) {}

    /** What steps of one name have in common; a phase, whose name may hold the trigger, and a decision, whose name is a message, go by their place. */
    record NameKey(
            StepKind kind,
            boolean isLinked,
            @Nullable String place,
            @Nullable String name) {}

    /** All steps: of the trace itself, then of those linked to it, each in sequence. */
    static List<ComparedStep> of(TraceLinks links) {
        var compared = new ArrayList<ComparedStep>();
        var isLinked = false;
        for (var trace : links.traces()) {
            add(trace.steps(), isLinked, compared);
            isLinked = true;
        }
        return compared;
    }

    private static void add(List<Step> steps, boolean isLinked, List<ComparedStep> compared) {
        Map<String, Step> actions = new HashMap<>();
        for (var step : steps) {
            if (step.is(NodeType.ACTION)) {
                actions.put(step.span().spanId(), step);
            }
        }
        for (var step : steps) {
            var around = step.span().parentSpanId() == null
                    ? null
                    : actions.get(step.span().parentSpanId());
            var place = around == null ? step.span().phase() : around.span().name();
            compared.add(new ComparedStep(step, StepKind.of(step), isLinked, place));
        }
    }

    @Nullable String rule() {
        return step.span().attributes().getString(AttributeKeys.RULE_ID);
    }

    NameKey nameKey() {
        var isNamed = place == null || (kind != StepKind.PHASE && kind != StepKind.DECISION);
        return new NameKey(kind, isLinked, place, isNamed ? step.span().name() : null);
    }

    /** The same without the numbers in names, such as that of a run; null for what goes by its exact name alone, such as a policy. */
    @Nullable NameKey looseKey() {
        return switch (kind) {
            case JOB, ACTION, OTHER ->
                new NameKey(
                        kind,
                        isLinked,
                        withoutNumbers(place),
                        withoutNumbers(step.span().name()));
            case PHASE, EVALUATION, CHECK, DECISION -> null;
        };
    }

    private static @Nullable String withoutNumbers(@Nullable String text) {
        return text == null ? null : NUMBER.matcher(text).replaceAll("0");
    }
}
