package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;

/** Records what a phase decided: a span that ends at once. */
final class Decisions {

    private Decisions() {}

    static void make(RecordedSpan parent, Phase phase, String message, Decision decision) {
        var recording = parent.recording();
        if (recording.misuse().isNull("makeDecision", "message", message)
                || recording.misuse().isNull("makeDecision", "decision", decision)) {
            return;
        }
        var status = switch (decision) {
            case APPROVED -> Status.COMPLETED;
            case REJECTED -> Status.FAILED;
        };
        var attributes = Attributes.of(AttributeKeys.DECISION, decision.value());
        recording
                .start(parent, SpanStart.instant(message, phase, NodeType.DECISION, status, attributes))
                .end();
    }
}
