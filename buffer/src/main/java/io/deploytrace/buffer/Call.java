package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.WriteResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The spans of one call on their way, and the state machine of the buffer. The fields that change are guarded by the lock of
 * {@link CallQueue}, whose methods are the machine's events.
 *
 * <p>A state is who owns the call, and whether an attempt to write it is in flight:
 *
 * <pre>
 * state                event                                        becomes
 * ------------------   ------------------------------------------   --------------------------------------------------------
 * (new)                accepted                                     memory, or spooler: handed over, the circuit is open,
 *                                                                   its trace is on the spool, or memory is full
 * memory               a flusher takes it                           memory, in flight
 * memory               its deadline nears, the circuit opens,       spooler (after the earlier calls of its traces)
 *                      the buffer closes; with a spool
 * memory               its deadline passes, the buffer closes;      nobody: rejected
 *                      without a spool
 * memory, in flight    stored                                       nobody: stored
 * memory, in flight    failed for good, alone in its group          nobody: rejected
 * memory, in flight    failed, and repeating can help               memory; spooler if the circuit is open
 * memory, in flight    its deadline nears, the buffer closes;       spooler, in flight
 *                      with a spool
 * memory, in flight    its deadline passes, the buffer closes;      memory, in flight, abandoned: the caller learns that it
 *                      without a spool                              isn't known; what the flight brings is counted, not repeated
 * spooler              on disk                                      nobody: held by the spool
 * spooler              the spool failed                             nobody: rejected; memory if in flight
 * spooler, in flight   stored, before the spool began to write it   nobody: stored
 * spooler, in flight   any other end of the flight                  spooler: the record on the spool is sent in its place
 * </pre>
 *
 * A record that is read from the spool is a call too, owned by memory. No caller waits for it, so it never
 * nears a deadline, and it leaves its record on the spool when the buffer closes.
 */
final class Call {

    /** Who will see to it that the call ends. */
    enum Owner {
        MEMORY,
        SPOOLER,
        NOBODY
    }

    /** Whose the call is. */
    enum Kind {
        /** A caller waits until it is durable. */
        WAITED,
        /** The caller has gone once the buffer has it. */
        HANDED_OVER,
        /** It was read from the spool. */
        RECORD
    }

    /** The number of the record that it was read from; meaningless for others. */
    final long recordNumber;

    final Kind kind;
    final List<Span> spans;
    final Set<String> traces;
    final long bytes;
    final CompletableFuture<WriteResult> answer = new CompletableFuture<>();

    /** The order in which calls came. */
    long sequence;

    Owner owner = Owner.MEMORY;
    boolean inFlight;
    boolean abandoned;

    /** Whether it went to the spool without ever being queued for a flusher. */
    boolean direct;

    /** Earlier calls of its traces that must end first. */
    Set<Call> predecessors = Set.of();

    /** Later calls that wait for this one. */
    Set<Call> followers = Set.of();

    private Call(Kind kind, SpanBatch batch, long recordNumber) {
        this.kind = kind;
        this.spans = batch.spans();
        this.traces = batch.traces().keySet();
        this.bytes = SpanBytes.of(spans);
        this.recordNumber = recordNumber;
    }

    static Call of(Kind kind, SpanBatch batch) {
        return new Call(kind, batch, -1);
    }

    static Call of(SpoolRecord entry) {
        return new Call(Kind.RECORD, SpanBatch.of(entry.spans()), entry.number());
    }

    boolean isRecord() {
        return kind == Kind.RECORD;
    }

    /** Whether the buffer, not a caller, answers for it. */
    boolean isOnItsOwn() {
        return kind != Kind.WAITED;
    }

    /** The number of its spans. */
    int size() {
        return spans.size();
    }

    void follow(Call predecessor) {
        predecessors = with(predecessors, predecessor);
        predecessor.followers = with(predecessor.followers, this);
    }

    private static Set<Call> with(Set<Call> calls, Call call) {
        var grown = calls.isEmpty() ? new HashSet<Call>(4) : calls;
        grown.add(call);
        return grown;
    }
}
