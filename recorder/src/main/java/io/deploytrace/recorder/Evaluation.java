package io.deploytrace.recorder;

import io.deploytrace.span.Rfc3339;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;

/**
 * The evaluation of one policy rule. Ends as {@code allowed}, {@code blocked} or {@code pending}, as its latest
 * verdict says; without one as {@code skipped}, or as {@code failed} after {@link #recordException(Throwable)}.
 */
public final class Evaluation extends Node<Evaluation> {

    Evaluation(RecordedSpan span) {
        super(span);
    }

    /**
     * Gives the verdict. A later verdict replaces it; an event {@code result} keeps each of them.
     *
     * @param message why, in a sentence
     */
    public Evaluation setResult(Result result, String message) {
        if (recording().misuse().isNull("setResult", "result", result)
                || recording().misuse().isNull("setResult", "message", message)) {
            return this;
        }
        var status = switch (result) {
            case ALLOWED -> Status.ALLOWED;
            case BLOCKED -> Status.BLOCKED;
            case PENDING -> Status.PENDING;
        };
        span().decide(status, result.value(), message);
        return this;
    }

    /** Names the policy rule that is evaluated, by its id. */
    public Evaluation setRule(String id) {
        if (!recording().misuse().isNull("setRule", "id", id)) {
            span().set(AttributeKeys.RULE_ID, id);
        }
        return this;
    }

    /** Says when the rule is evaluated again. */
    public Evaluation setNextEvaluation(Instant time) {
        if (!recording().misuse().isNull("setNextEvaluation", "time", time)) {
            span().set(AttributeKeys.NEXT_EVALUATION, Rfc3339.format(time));
        }
        return this;
    }
}
