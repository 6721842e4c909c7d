package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a buffer says when it doesn't do what it was asked to. */
final class Failures {

    private static final String NOTHING = " None of the call's spans was written.";
    private static final String UNKNOWN =
            " The call may or may not have taken effect. Make it again; repeating it is safe.";

    private Failures() {}

    static SpanStoreException closed() {
        return unavailable("The buffer is closed: close it only once nothing writes any more." + NOTHING);
    }

    static SpanStoreException closedBeforeStored() {
        return unavailable("The buffer was closed before the store took the spans, and it has no spool to keep them on."
                + NOTHING);
    }

    static SpanStoreException full(Admission admission, Call call) {
        var room = "The buffer is full: " + admission.bytes() + " of " + admission.maximum()
                + " bytes are in use, and the call needs " + call.bytes + ".";
        return new SpanStoreException(
                Reason.OVERLOADED,
                room + " The store is slower than the callers, or away. Raise queueBytes, give the buffer a spool,"
                        + " or call again later." + NOTHING);
    }

    static SpanStoreException tooLarge(Admission admission, Call call) {
        return new SpanStoreException(
                Reason.INVALID_SPAN,
                "The call's " + call.bytes + " bytes are more than the buffer can ever hold (" + admission.maximum()
                        + "). Write fewer spans in one call, or raise queueBytes." + NOTHING);
    }

    static SpanStoreException deadlinePassedBefore() {
        return new SpanStoreException(
                Reason.DEADLINE_PASSED, "The deadline had passed when the call was made." + NOTHING);
    }

    static SpanStoreException deadlinePassedWaiting() {
        return new SpanStoreException(
                Reason.DEADLINE_PASSED,
                "The deadline passed before the store was asked for the call's spans." + NOTHING);
    }

    static SpanStoreException deadlinePassedUnknown() {
        return new SpanStoreException(
                Reason.DEADLINE_PASSED, "The deadline passed while the spans were being written." + UNKNOWN);
    }

    static SpanStoreException closedUnknown() {
        return unavailable("The buffer was closed while the spans were being written." + UNKNOWN);
    }

    static SpanStoreException abandoned(SpanStoreException failure) {
        return new SpanStoreException(
                Reason.DEADLINE_PASSED,
                "The store failed, and the caller no longer waited for another attempt: " + failure.getMessage(),
                failure);
    }

    static SpanStoreException spool(Throwable failure) {
        return new SpanStoreException(
                Reason.UNAVAILABLE,
                "The spans could not be put on the spool: " + failure.getMessage() + NOTHING,
                failure);
    }

    static SpanStoreException expired(SpoolRecord entry) {
        return new SpanStoreException(
                Reason.DEADLINE_PASSED,
                "The spans have been on the spool since " + entry.spooledAt()
                        + ", longer than its maximum age. They were never stored and are given up.");
    }

    static SpanStoreException lost(String what) {
        return new SpanStoreException(Reason.OTHER, "Spans on the spool can't be read any more: " + what);
    }

    /** What a writer threw, in a store's words. An Error says nothing about the spans: repeating the call can help. */
    static SpanStoreException of(@Nullable Throwable thrown) {
        if (thrown instanceof SpanStoreException failure) {
            return failure;
        }
        var reason = thrown instanceof Error ? Reason.UNAVAILABLE : Reason.OTHER;
        return new SpanStoreException(reason, "The store failed unexpectedly: " + thrown, thrown);
    }

    /** What the buffer itself threw, of which nobody knows how far it came. */
    static SpanStoreException defect(Throwable thrown) {
        return new SpanStoreException(Reason.UNAVAILABLE, "The buffer failed unexpectedly: " + thrown, thrown);
    }

    static SpanStoreException garbage(int calls, @Nullable Object results) {
        return new SpanStoreException(
                Reason.OTHER,
                "The writer broke its contract: writeAll of " + calls + " batches returned " + results
                        + " instead of a result for each. Whether they are stored isn't known.");
    }

    /** The same failure, with the stack of the thread that learns of it. */
    static SpanStoreException rethrown(SpanStoreException failure) {
        return new SpanStoreException(failure.reason(), Objects.toString(failure.getMessage()), failure);
    }

    static String ids(List<Span> spans) {
        var traces = spans.stream().map(Span::traceId).distinct().toList();
        return spans.size() + " spans of "
                + (traces.size() == 1 ? "trace " + traces.get(0) : traces.size() + " traces");
    }

    private static SpanStoreException unavailable(String message) {
        return new SpanStoreException(Reason.UNAVAILABLE, message);
    }
}
