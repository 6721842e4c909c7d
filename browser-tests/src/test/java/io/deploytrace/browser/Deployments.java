package io.deploytrace.browser;

import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Traces that tests record. */
final class Deployments {

    static final String LARGE = "0192aaaaaaaa7000800000000000beef";

    private Deployments() {}

    /** A reconcile that a policy blocks, with its message. */
    static List<Span> blocked(UUID workspaceId, String target, String release, String message) {
        try (var reconcile = ReconcileTarget.builder(workspaceId.toString(), target)
                .releaseId(release)
                .trigger(message)
                .start()) {
            try (var planning = reconcile.startPlanning()) {
                try (var evaluation = planning.startEvaluation("Approval Policy")) {
                    evaluation.addMetadata("required_approvals", 2);
                    evaluation.setResult(Result.BLOCKED, message);
                }
                planning.makeDecision("Don't deploy", Decision.REJECTED);
            }
            reconcile.complete(Status.COMPLETED);
            return reconcile.spans();
        }
    }

    /** A reconcile that a policy of this name blocks. */
    static List<Span> blockedBy(UUID workspaceId, String target, String policy) {
        try (var reconcile =
                ReconcileTarget.builder(workspaceId.toString(), target).start()) {
            try (var planning = reconcile.startPlanning();
                    var evaluation = planning.startEvaluation(policy)) {
                evaluation.setResult(Result.BLOCKED, "not now");
            }
            reconcile.complete(Status.COMPLETED);
            return reconcile.spans();
        }
    }

    /** A reconcile whose every word is the text, as far as one can choose. */
    static List<Span> named(UUID workspaceId, String text) {
        try (var reconcile = ReconcileTarget.builder(workspaceId.toString(), text)
                .releaseId(text)
                .trigger(text)
                .start()) {
            try (var planning = reconcile.startPlanning()) {
                try (var evaluation = planning.startEvaluation(text)) {
                    evaluation.addMetadata(text, text);
                    evaluation.setRule(text);
                    evaluation.setResult(Result.BLOCKED, text);
                }
                planning.makeDecision(text, Decision.REJECTED);
            }
            reconcile.complete(Status.COMPLETED);
            return reconcile.spans();
        }
    }

    /** A trace of very many spans, of 1.5 KB each: a root, phases below it, and a hundred evaluations below each. */
    static List<Span> large(UUID workspaceId, int count) {
        return large(workspaceId, LARGE, count);
    }

    static List<Span> large(UUID workspaceId, String traceId, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> span(workspaceId, traceId, i, count))
                .toList();
    }

    private static Span span(UUID workspaceId, String traceId, int number, int count) {
        var start = Instant.parse("2026-11-22T10:00:00Z");
        var group = number - (number - 1) % 101;
        var isGroup = number == group;
        var attributes = Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, workspaceId.toString())
                .put(AttributeKeys.RELEASE_TARGET_KEY, "large-target")
                .put(AttributeKeys.SEQUENCE, number)
                .put(AttributeKeys.PHASE, number == 0 ? "reconciliation" : "planning")
                .put(AttributeKeys.NODE_TYPE, number == 0 || isGroup ? "phase" : "evaluation")
                .put(AttributeKeys.STATUS, "completed")
                .put(AttributeKeys.MESSAGE, "message of " + number)
                .put("text", "x".repeat(1_200));
        return new Span(
                traceId,
                id(number),
                number == 0 ? null : isGroup ? id(0) : id(group),
                number == count - 1 ? "the very last span" : "span " + number,
                start.plusMillis(number),
                start.plusMillis(number == 0 ? count : isGroup ? number + 101L : number + 1L),
                attributes.build(),
                List.of());
    }

    private static String id(int number) {
        return "%016x".formatted(number + 1);
    }
}
