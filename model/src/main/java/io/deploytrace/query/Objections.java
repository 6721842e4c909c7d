package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what stands against a deployment: verdicts, and rejections that no verdict explains. A phase's approval
 * overrides everything said in that phase before it.
 */
final class Objections {

    private final Map<@Nullable Phase, List<Step>> byPhase = new HashMap<>();

    private Objections() {}

    /** What still stands at the end of the steps, which are in sequence; in the same sequence. */
    static List<Step> of(List<Step> steps) {
        var objections = new Objections();
        for (var step : steps) {
            objections.hear(step);
        }
        return objections.standing();
    }

    private void hear(Step step) {
        var heard = byPhase.computeIfAbsent(step.phase(), phase -> new ArrayList<>());
        if (step.isVerdictAgainst()) {
            heard.add(step);
        } else if (step.is(NodeType.DECISION) && step.status() == Status.COMPLETED) {
            heard.clear();
        } else if (step.is(NodeType.DECISION) && step.hasFailed() && heard.isEmpty()) {
            heard.add(step);
        }
    }

    private List<Step> standing() {
        var standing = new ArrayList<Step>();
        byPhase.values().forEach(standing::addAll);
        standing.sort(Comparator.comparing(Step::span, Span.IN_SEQUENCE));
        return standing;
    }
}
