package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;

/**
 * Something done around the job, such as a verification, in steps. Ends as {@code completed}, or as {@code failed} if a
 * step failed or after {@link #recordException(Throwable)}.
 */
public final class Action extends Node<Action> {

    private final Phase phase;

    private Action(RecordedSpan span, Phase phase) {
        super(span);
        this.phase = phase;
    }

    static Action start(Recording recording, RecordedSpan parent, Phase phase, String name) {
        if (recording.misuse().isNull("startAction", "name", name)) {
            return new Action(RecordedSpan.unrecorded(recording, parent), phase);
        }
        var start = SpanStart.running(name, phase, NodeType.ACTION, Status.COMPLETED);
        return new Action(recording.start(parent, start), phase);
    }

    /**
     * Records a step that was done.
     *
     * @param name what was done, such as {@code Check pods}
     * @param message what came of it, such as {@code 3/3 ready}
     */
    public Action addStep(String name, StepResult result, String message) {
        var misuse = recording().misuse();
        if (misuse.isNull("addStep", "name", name)
                || misuse.isNull("addStep", "result", result)
                || misuse.isNull("addStep", "message", message)) {
            return this;
        }
        var passed = result == StepResult.PASS;
        var attributes = Attributes.builder()
                .put(AttributeKeys.RESULT, result.value())
                .put(AttributeKeys.MESSAGE, message)
                .build();
        var status = passed ? Status.COMPLETED : Status.FAILED;
        recording()
                .start(span(), SpanStart.instant(name, phase, NodeType.ACTION, status, attributes))
                .end();
        if (!passed) {
            span().fail(name + ": " + message);
        }
        return this;
    }
}
