package io.deploytrace.recorder;

import io.deploytrace.vocabulary.SpanNames;
import io.deploytrace.vocabulary.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One span of a {@link Recording}. Its state is guarded by the recording: every method holds its lock, so that
 * nothing changes a span between the end of the recording and the end of the span.
 */
final class RecordedSpan {

    private final Recording recording;
    private final int depth;
    private final @Nullable ReadWriteSpan otel;
    private @Nullable Context context;
    private Status endStatus;
    private boolean decided;
    private boolean ended;
    private @Nullable String failure;
    private io.deploytrace.span.@Nullable Span converted;

    private RecordedSpan(
            Recording recording, int depth, @Nullable ReadWriteSpan otel, @Nullable Context context, Status endStatus) {
        this.recording = recording;
        this.depth = depth;
        this.otel = otel;
        this.context = context;
        this.endStatus = endStatus;
        this.ended = otel == null;
    }

    static RecordedSpan of(Recording recording, int depth, ReadWriteSpan otel, Status endStatus) {
        return new RecordedSpan(recording, depth, otel, null, endStatus);
    }

    /** What is handed out for a span that couldn't be started: it takes every call and records nothing. */
    static RecordedSpan unrecorded(Recording recording, RecordedSpan parent) {
        return new RecordedSpan(recording, parent.depth + 1, null, parent.context(), Status.SKIPPED);
    }

    Recording recording() {
        return recording;
    }

    int depth() {
        return depth;
    }

    /** The OpenTelemetry context under which its children start. */
    Context context() {
        synchronized (recording) {
            if (context == null) {
                context = otel == null ? Context.root() : Context.root().with(otel);
            }
            return context;
        }
    }

    /** Its own id; that of the nearest recorded ancestor if it isn't recorded itself. */
    String spanId() {
        return io.opentelemetry.api.trace.Span.fromContext(context())
                .getSpanContext()
                .getSpanId();
    }

    boolean isOpen() {
        synchronized (recording) {
            return !ended;
        }
    }

    void addEvent(String name, Attributes attributes) {
        synchronized (recording) {
            if (otel != null && !ended) {
                otel.addEvent(name, attributes, recording.now(), TimeUnit.NANOSECONDS);
                return;
            }
        }
        recording.misuse().report("'" + name + "' was added to a span that has ended and is lost.");
    }

    void setAttribute(Attribute<?> attribute) {
        synchronized (recording) {
            if (otel != null && !ended) {
                attribute.setOn(otel);
                return;
            }
        }
        recording.misuse().report("Attributes [" + attribute.key().getKey() + "] of an ended span are lost.");
    }

    void setAttributes(Attributes attributes) {
        synchronized (recording) {
            if (otel != null && !ended) {
                otel.setAllAttributes(attributes);
                return;
            }
        }
        recording.misuse().report("Attributes " + attributes.asMap().keySet() + " of an ended span are lost.");
    }

    <T> void setIfOpen(AttributeKey<T> key, T value) {
        synchronized (recording) {
            if (otel != null && !ended) {
                otel.setAttribute(key, value);
            }
        }
    }

    <T> boolean lacks(AttributeKey<T> key) {
        return otel != null && otel.getAttribute(key) == null;
    }

    /** Sets the status to end with, which no exception changes; the caller holds the lock. */
    void decideHeld(Status status) {
        endStatus = status;
        decided = true;
    }

    /** A verdict: the status to end with, and an event that keeps the verdict should another follow. */
    void decide(Status status, String result, String message) {
        var verdict = Attributes.of(Keys.RESULT, result, Keys.MESSAGE, message);
        synchronized (recording) {
            if (otel != null && !ended) {
                decideHeld(status);
                otel.setAllAttributes(verdict);
                otel.addEvent(SpanNames.RESULT_EVENT, verdict, recording.now(), TimeUnit.NANOSECONDS);
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
        if (otel == null || ended) {
            return false;
        }
        otel.setAttribute(Keys.STATUS, endStatus.value());
        if (endStatus == Status.FAILED) {
            otel.setStatus(StatusCode.ERROR, failure == null ? "" : failure);
        }
        otel.end(recording.now(), TimeUnit.NANOSECONDS);
        ended = true;
        return true;
    }

    void notifyEnded() {
        if (otel != null) {
            recording.processors().ended(otel);
        }
    }

    void notifyStarted(@Nullable RecordedSpan parent) {
        if (otel != null && !recording.processors().areNone()) {
            recording.processors().started(parent == null ? Context.root() : parent.context(), otel);
        }
    }

    /** The state of this moment; the caller holds the lock. */
    Snapshot snapshotHeld() {
        return new Snapshot(this, converted != null || otel == null ? null : otel.toSpanData());
    }

    /** A span as it stood at one moment: converted already, or its data. */
    record Snapshot(RecordedSpan span, @Nullable SpanData data) {

        io.deploytrace.span.Span convert(Consumer<String> warnings) {
            if (data == null) {
                return Objects.requireNonNull(span.converted);
            }
            var result = SpanConversion.convert(data, warnings);
            if (data.hasEnded()) {
                span.keep(result);
            }
            return result;
        }
    }

    /** An ended span doesn't change: it is converted once. */
    private void keep(io.deploytrace.span.Span span) {
        synchronized (recording) {
            converted = span;
        }
    }
}
