package io.deploytrace.recorder;

import io.deploytrace.span.Masking;
import java.util.Map;

/**
 * A span of the trace that is being recorded: what {@link PlanningPhase}, {@link EligibilityPhase},
 * {@link ExecutionPhase}, {@link Evaluation}, {@link Check}, {@link Job} and {@link Action} have in common.
 *
 * <p>No method throws: a wrong call is logged, the first time of a trace as a warning, and does nothing else. A
 * null argument is wrong, and so is every call but {@link #end()} and {@link #close()} on a node that has ended.
 *
 * <p>Safe for use by several threads.
 *
 * @param <N> the node itself, so that calls can be chained
 */
public abstract sealed class Node<N extends Node<N>> implements AutoCloseable
        permits PlanningPhase, EligibilityPhase, ExecutionPhase, Evaluation, Check, Job, Action {

    private final RecordedSpan span;

    Node(RecordedSpan span) {
        this.span = span;
    }

    RecordedSpan span() {
        return span;
    }

    Recording recording() {
        return span.recording();
    }

    /**
     * The id of its span, 16 lower-case hex digits; that of its parent if it was started after the trace was
     * complete and is not recorded itself.
     */
    public String spanId() {
        return span.spanId();
    }

    /**
     * Adds an event named {@code key} whose one attribute is {@code key} with this value. Adding the same key again adds
     * another event.
     *
     * <p>Text, integers, floating-point numbers, booleans, an {@link java.time.Instant} (as RFC 3339), and lists,
     * arrays and maps of these keep their type; anything else is recorded as its {@link Object#toString()}. The
     * value is masked if {@link Masking} says so for its key. Text of more than 1,048,576 characters is cut when the
     * trace is persisted, and says so.
     */
    public N addMetadata(String key, Object value) {
        Notes.addMetadata(span, key, value);
        return self();
    }

    /**
     * Adds one event with several attributes, whose values are treated as those of
     * {@link #addMetadata(String, Object)}. An event whose name is masked has all its values masked.
     */
    public N addMetadata(String name, Map<String, ?> attributes) {
        Notes.addMetadata(span, name, attributes);
        return self();
    }

    /**
     * Sets an attribute of the span itself; a later value replaces an earlier one. Values are treated as those of
     * {@link #addMetadata(String, Object)}. Keys that begin with {@code ctrlplane.} can't be set.
     */
    public N setAttribute(String key, Object value) {
        Notes.setAttribute(span, key, value);
        return self();
    }

    /**
     * Adds an event {@code exception} with the exception's type, message and stack trace. The node ends as
     * {@code failed}, unless it has a verdict.
     */
    public N recordException(Throwable exception) {
        Notes.recordException(span, exception);
        return self();
    }

    /** Ends the node now. Ending it again changes nothing. Its children stay open. */
    public void end() {
        span.end();
    }

    /** The same as {@link #end()}. */
    @Override
    public void close() {
        end();
    }

    @SuppressWarnings("unchecked")
    private N self() {
        return (N) this;
    }
}
