package io.deploytrace.ci;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What commands that run one after another, or at once, know of the job's trace. Immutable: each change makes another one.
 *
 * @param traceId the trace that the job records, 32 lower-case hex digits
 * @param open the spans that have not ended, in the order in which they began
 * @param unsent what the server has yet to be told, the oldest first; at most one of each span
 * @param lost how many spans won't be told any more: the server refused them, or there were too many
 * @param away whether the server couldn't be reached when it was last tried
 */
record JobState(String traceId, List<JobSpan> open, List<UnsentSpan> unsent, long lost, boolean away) {

    /** Spans that are kept while the server is away; beyond it the oldest are lost. */
    static final int MOST_UNSENT = 10_000;

    private static final String KILLED = "killed";

    JobState {
        open = List.copyOf(open);
        unsent = List.copyOf(unsent);
    }

    static JobState of(String traceId) {
        return new JobState(traceId, List.of(), List.of(), 0, false);
    }

    /**
     * The span under which the next one belongs: within what surrounds the process, the innermost that {@code start} began.
     *
     * @param surrounding what surrounds the process; null if nothing does
     */
    @Nullable String current(@Nullable Traceparent surrounding) {
        var current = surrounding != null && surrounding.traceId().equals(traceId) ? surrounding.spanId() : null;
        for (var inner = innerOf(current); inner != null; inner = innerOf(current)) {
            current = inner.id();
        }
        return current;
    }

    private @Nullable JobSpan innerOf(@Nullable String spanId) {
        for (var i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).started() && Objects.equals(open.get(i).parentId(), spanId)) {
                return open.get(i);
            }
        }
        return null;
    }

    /** The open span; null if the id is null or that of none. */
    @Nullable JobSpan find(@Nullable String id) {
        var index = indexOf(id);
        return index < 0 ? null : open.get(index);
    }

    private int indexOf(@Nullable String id) {
        for (var i = 0; i < open.size(); i++) {
            if (open.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** With a span that has begun, of which the server is to be told. */
    JobState opened(JobSpan span) {
        var spans = new ArrayList<>(open);
        spans.add(span);
        return new JobState(traceId, spans, unsent, lost, away).tell(span.id(), SpanMessage.open(traceId, span));
    }

    /** With the span ended, be it one of those that are open or a step that is over at once; its failure is that of those above it. */
    JobState ended(JobSpan span, Ending ending) {
        var spans = new ArrayList<>(open);
        var index = indexOf(span.id());
        if (index >= 0) {
            spans.remove(index);
        }
        var next = new JobState(traceId, spans, unsent, lost, away)
                .tell(span.id(), SpanMessage.ended(traceId, span, ending));
        return ending.failed() ? next.failedAbove(span.parentId()) : next;
    }

    /** With the span of a command ended, after what was started within it and left open: its script stopped on the way. */
    JobState commandEnded(JobSpan span, Ending ending) {
        var inner = innerOf(span.id());
        if (inner == null) {
            return ended(span, ending);
        }
        var innerEnding = new Ending(ending.time(), ending.failed() || inner.failed(), null, Map.of());
        return commandEnded(inner, innerEnding).commandEnded(span, ending);
    }

    /** With the spans of commands ended that lie within the span and were killed; they are failures of it. */
    JobState killedWithin(JobSpan outer, Instant time) {
        var next = this;
        for (var i = open.size() - 1; i >= 0; i--) {
            var span = next.find(open.get(i).id());
            if (span != null && next.isWithin(span, outer) && span.killed()) {
                next = next.commandEnded(span, new Ending(time, true, KILLED, Map.of()));
            }
        }
        return next;
    }

    private boolean isWithin(JobSpan span, JobSpan outer) {
        var above = find(span.parentId());
        return above != null && (above.id().equals(outer.id()) || isWithin(above, outer));
    }

    private JobState failedAbove(@Nullable String spanId) {
        var next = this;
        for (var span = find(spanId); span != null; span = find(span.parentId())) {
            next = next.replaced(span.withFailure());
        }
        return next;
    }

    /** With the note on the open span. */
    JobState noted(JobSpan span, Note note) {
        var noted = span.withNote(note);
        return replaced(noted).tell(noted.id(), SpanMessage.open(traceId, noted));
    }

    private JobState replaced(JobSpan span) {
        var spans = new ArrayList<>(open);
        spans.set(indexOf(span.id()), span);
        return new JobState(traceId, spans, unsent, lost, away);
    }

    private JobState tell(String id, String message) {
        var messages = new ArrayList<UnsentSpan>();
        for (var other : unsent) {
            if (!other.id().equals(id)) {
                messages.add(other);
            }
        }
        messages.add(new UnsentSpan(id, message));
        var excess = Math.max(0, messages.size() - MOST_UNSENT);
        return new JobState(traceId, open, messages.subList(excess, messages.size()), lost + excess, away);
    }

    /** After the server was told of some. What became otherwise meanwhile is still to be told. */
    JobState delivered(Delivery delivery) {
        var told = new HashSet<String>();
        for (var span : delivery.done()) {
            told.add(span.message());
        }
        var messages = new ArrayList<UnsentSpan>();
        for (var span : unsent) {
            if (!told.contains(span.message())) {
                messages.add(span);
            }
        }
        return new JobState(traceId, open, messages, lost + delivery.refused(), delivery.away());
    }
}
