package io.deploytrace.recorder;

import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Status;

/**
 * One check of the target. Ends as {@code completed} if it passed, as {@code failed} if it failed; without a
 * verdict as {@code skipped}, or as {@code failed} after {@link #recordException(Throwable)}.
 */
public final class Check extends Node<Check> {

    Check(RecordedSpan span) {
        super(span);
    }

    /**
     * Gives the verdict. A later verdict replaces it; an event {@code result} keeps each of them.
     *
     * @param message why, in a sentence
     */
    public Check setResult(CheckResult result, String message) {
        if (recording().misuse().isNull("setResult", "result", result)
                || recording().misuse().isNull("setResult", "message", message)) {
            return this;
        }
        var status = switch (result) {
            case PASS -> Status.COMPLETED;
            case FAIL -> Status.FAILED;
        };
        span().decide(status, result.value(), message);
        return this;
    }
}
