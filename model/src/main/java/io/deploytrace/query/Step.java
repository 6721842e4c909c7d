package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span together with what its words mean. Words that aren't of the vocabulary mean nothing, so that rows of other
 * programs can't bend an answer.
 *
 * @param span the span
 * @param type its node type; null when it has none that is known
 * @param phase its phase; null when it has none that is known
 * @param status what became of it: its status, or where that doesn't say, its verdict; null when neither does
 */
record Step(
        Span span,
        @Nullable NodeType type,
        @Nullable Phase phase,
        @Nullable Status status) {

    static Step of(Span span) {
        var type = span.nodeType() == null
                ? null
                : NodeType.ofValue(span.nodeType()).orElse(null);
        var phase = span.phase() == null ? null : Phase.ofValue(span.phase()).orElse(null);
        var status =
                span.status() == null ? null : Status.ofValue(span.status()).orElse(null);
        return new Step(span, type, phase, decides(type, status) ? status : verdictOr(status, span, type));
    }

    /** The steps of the spans, in sequence. */
    static List<Step> inSequence(Collection<Span> spans) {
        var ordered = Sequence.of(spans);
        var steps = new ArrayList<Step>(ordered.length);
        for (var span : ordered) {
            steps.add(of(span));
        }
        return steps;
    }

    private static boolean decides(@Nullable NodeType type, @Nullable Status status) {
        return status != null
                && status != Status.RUNNING
                && !(type == NodeType.EVALUATION && status == Status.COMPLETED);
    }

    private static @Nullable Status verdictOr(@Nullable Status status, Span span, @Nullable NodeType type) {
        var key = type == NodeType.DECISION ? AttributeKeys.DECISION : AttributeKeys.RESULT;
        var verdict = span.attributes().getString(key);
        var meant = type == null || verdict == null ? null : ofVerdict(verdict);
        return meant == null ? status : meant;
    }

    private static @Nullable Status ofVerdict(String verdict) {
        if (verdict.equals(CheckResult.PASS.value()) || verdict.equals(Decision.APPROVED.value())) {
            return Status.COMPLETED;
        }
        if (verdict.equals(CheckResult.FAIL.value()) || verdict.equals(Decision.REJECTED.value())) {
            return Status.FAILED;
        }
        return Result.ofValue(verdict)
                .flatMap(result -> Status.ofValue(result.value()))
                .orElse(null);
    }

    boolean is(NodeType type) {
        return this.type == type;
    }

    boolean hasFailed() {
        return status == Status.FAILED;
    }

    /** An evaluation that forbids or waits, or a check that says no. */
    boolean isVerdictAgainst() {
        if (is(NodeType.EVALUATION)) {
            return status == Status.BLOCKED || status == Status.PENDING;
        }
        return is(NodeType.CHECK) && hasFailed();
    }

    boolean isJob() {
        return is(NodeType.ACTION) && span.attributes().get(AttributeKeys.JOB_TYPE) != null;
    }

    /** A job, or an action of the execution phase, that was carried out. */
    boolean deploys() {
        return is(NodeType.ACTION) && status != Status.SKIPPED && (phase == Phase.EXECUTION || isJob());
    }
}
