package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.SpanNames;
import io.deploytrace.vocabulary.Status;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One span of a {@link Recording}. Its state is guarded by the recording: every method holds its lock, so that
 * nothing changes a span between the end of the recording and the end of the span.
 */
final class RecordedSpan {

    private final Recording recording;
    private final int depth;
    private final @Nullable SpanContent content;

    /** Its own, or that of the nearest recorded ancestor. */
    private final SpanContent recorded;

    private Status endStatus;
    private boolean decided;
    private boolean ended;
    private @Nullable String failure;
    private @Nullable Span finished;

    private RecordedSpan(
            Recording recording, int depth, @Nullable SpanContent content, SpanContent recorded, Status endStatus) {
        this.recording = recording;
        this.depth = depth;
        this.content = content;
        this.recorded = recorded;
        this.endStatus = endStatus;
        this.ended = content == null;
    }

    static RecordedSpan of(Recording recording, int depth, SpanContent content, Status endStatus) {
        return new RecordedSpan(recording, depth, content, content, endStatus);
    }

    /** What is handed out for a span that couldn't be started: it takes every call and records nothing. */
    static RecordedSpan unrecorded(Recording recording, RecordedSpan parent) {
        return new RecordedSpan(recording, parent.depth + 1, null, parent.recorded, Status.SKIPPED);
    }

    Recording recording() {
        return recording;
    }

    int depth() {
        return depth;
    }

    /** What it holds, or its nearest recorded ancestor if it isn't recorded itself: its children start under it. */
    SpanContent recorded() {
        return recorded;
    }

    /** Its own id; that of the nearest recorded ancestor if it isn't recorded itself. */
    String spanId() {
        return recorded.spanId();
    }

    boolean isOpen() {
        synchronized (recording) {
            return !ended;
        }
    }

    void addEvent(String name, Attributes attributes) {
        synchronized (recording) {
            if (content != null && !ended) {
                content.addEvent(name, attributes, recording.now());
                return;
            }
        }
        recording.misuse().report("'" + name + "' was added to a span that has ended and is lost.");
    }

    void set(String key, Object value) {
        if (!setIfOpen(key, value)) {
            recording.misuse().report("The attribute '" + key + "' of an ended span is lost.");
        }
    }

    /** Sets the attribute if the span is open; whether it is. */
    boolean setIfOpen(String key, Object value) {
        synchronized (recording) {
            if (content == null || ended) {
                return false;
            }
            content.set(key, value);
            return true;
        }
    }

    /** Sets the status to end with, which no exception changes; the caller holds the lock. */
    void decideHeld(Status status) {
        endStatus = status;
        decided = true;
    }

    /** A verdict: the status to end with, and an event that keeps the verdict should another follow. */
    void decide(Status status, String result, String message) {
        var verdict = Attributes.builder()
                .put(AttributeKeys.RESULT, result)
                .put(AttributeKeys.MESSAGE, message)
                .build();
        synchronized (recording) {
            if (content != null && !ended) {
                decideHeld(status);
                content.set(verdict);
                content.addEvent(SpanNames.RESULT_EVENT, verdict, recording.now());
                return;
            }
        }
        recording.misuse().report("The verdict '" + result + "' was given to a span that has ended and is lost.");
    }

    /** Ends as failed, unless there is a verdict. */
    void fail(@Nullable String why) {
        synchronized (recording) {
            if (!decided) {
                endStatus = Status.FAILED;
                failure = why;
            }
        }
    }

    void end() {
        boolean endedNow;
        synchronized (recording) {
            endedNow = endHeld();
        }
        if (endedNow) {
            notifyEnded();
        }
    }

    /** Ends the span while the caller holds the lock; whether it was open. The caller then calls {@link #notifyEnded}. */
    boolean endHeld() {
        if (content == null || ended) {
            return false;
        }
        content.set(AttributeKeys.STATUS, endStatus.value());
        if (endStatus == Status.FAILED) {
            content.fail(failure);
        }
        content.end(recording.now());
        ended = true;
        return true;
    }

    void notifyEnded() {
        if (content instanceof OtelSpan otel) {
            recording.processors().ended(otel.span());
        }
    }

    void notifyStarted(@Nullable RecordedSpan parent) {
        if (content instanceof OtelSpan otel) {
            recording.processors().started(OtelSpan.context(parent == null ? null : parent.recorded), otel.span());
        }
    }

    /** The state of this moment; the caller holds the lock. */
    Snapshot snapshotHeld() {
        return new Snapshot(this, ended, finished != null || content == null ? null : content.snapshot());
    }

    /** A span as it stood at one moment: finished already, or what makes it. */
    record Snapshot(
            RecordedSpan span, boolean ended, @Nullable Supplier<Span> content) {

        Span storable(Consumer<String> warnings) {
            if (content == null) {
                return Objects.requireNonNull(span.finished);
            }
            var result = StorableSpan.of(content.get(), warnings);
            if (ended) {
                span.keep(result);
            }
            return result;
        }
    }

    /** An ended span doesn't change: it is made once. */
    private void keep(Span span) {
        synchronized (recording) {
            finished = span;
        }
    }
}
