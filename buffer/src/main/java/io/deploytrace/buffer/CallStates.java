package io.deploytrace.buffer;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state machine that {@link Call} describes: each method is one event. Guarded by the lock of {@link CallQueue}, which also
 * wakes whom an event concerns.
 */
final class CallStates {

    /** What a flusher is to do: write calls, or, if there are none, read the spool after a number. */
    record Task(List<Call> calls, boolean probe, long readAfter) {}

    /** The calls that an attempt has brought to their end, and whether it closed the circuit. */
    record Ended(Set<Call> calls, boolean circuitClosed) {}

    /** The calls that will be tried again, those that no longer can be, and whether the failure opened the circuit. */
    record Repeat(List<Call> again, List<Call> givenUp, boolean circuitOpened) {}

    /** The calls that were rejected, and those that are under way so that their end isn't known. */
    record GivenUp(List<Call> rejected, List<Call> unknown) {}

    final Admission admission;
    final GroupSources sources;
    final Circuit circuit;
    final Spooling spooling;

    /** Calls, not records, that aren't on the spool yet, in the order in which they came. */
    private final Set<Call> inMemory = new LinkedHashSet<>();

    private final TraceLines lines = new TraceLines();
    private long lastSequence;

    CallStates(Admission admission, GroupSources sources, Circuit circuit, Spooling spooling) {
        this.admission = admission;
        this.sources = sources;
        this.circuit = circuit;
        this.spooling = spooling;
    }

    Set<Call> inMemory() {
        return inMemory;
    }

    long lastSequence() {
        return lastSequence;
    }

    Admission.Route route(Call call) {
        var mustSpool = spooling.exists
                && (call.kind == Call.Kind.HANDED_OVER || circuit.isOpen() || spooling.holdsAnyOf(call.traces));
        return admission.route(call, mustSpool);
    }

    void accepted(Call call, Admission.Route route) {
        admission.take(call, route);
        call.sequence = ++lastSequence;
        inMemory.add(call);
        if (route == Admission.Route.SPOOLER) {
            giveToSpooler(call);
        } else if (lines.enter(call)) {
            sources.add(call);
        }
    }

    private void giveToSpooler(Call call) {
        call.owner = Call.Owner.SPOOLER;
        spooling.add(call);
    }

    @Nullable Task nextTask(long now) {
        if (!circuit.mayTry(now)) {
            return null;
        }
        if (spooling.mayRead(now)) {
            return new Task(List.of(), false, spooling.beginReading());
        }
        var calls = sources.take(circuit.mayRepeat(now));
        if (calls.isEmpty()) {
            return null;
        }
        calls.forEach(call -> call.inFlight = true);
        return new Task(calls, circuit.begin(), 0);
    }

    /** The attempt stored the calls, or the store refused them for good. */
    Ended answered(List<Call> calls, boolean probe) {
        var ended = new HashSet<Call>(calls.size() * 2);
        for (var call : calls) {
            call.inFlight = false;
            if (call.owner == Call.Owner.MEMORY || (call.owner == Call.Owner.SPOOLER && spooling.takeBack(call))) {
                end(call);
                ended.add(call);
            }
            leave(call);
        }
        return new Ended(ended, circuit.succeeded(probe));
    }

    /** The attempt failed, and repeating it can help. */
    Repeat failedForNow(List<Call> calls, SpanStoreException failure, boolean probe, long now) {
        var opened = countFailure(failure.reason(), probe, now);
        var again = new ArrayList<Call>();
        var givenUp = new ArrayList<Call>();
        for (var call : calls) {
            call.inFlight = false;
            if (call.owner != Call.Owner.MEMORY) {
                leave(call);
            } else if (call.abandoned || (failure.reason() == Reason.NOT_READY && !call.isOnItsOwn())) {
                givenUp.add(call);
            } else {
                again.add(call);
                sources.addAgain(call);
            }
        }
        givenUp.forEach(this::drop);
        if (spooling.exists && circuit.isOpen()) {
            spoolAllQueued();
        }
        return new Repeat(again, givenUp, opened);
    }

    private boolean countFailure(Reason reason, boolean probe, long now) {
        if (reason == Reason.NOT_READY) {
            circuit.notReady(now, probe);
            return false;
        }
        if (reason == Reason.DEADLINE_PASSED) {
            sources.shrink();
        }
        return circuit.failed(now, probe);
    }

    private void spoolAllQueued() {
        List.copyOf(inMemory).stream().filter(call -> !call.inFlight).forEach(this::moveToSpooler);
    }

    /** The call can't wait for the store any longer: it goes to the spool, after the earlier calls of its traces. */
    void cannotWait(Call call) {
        if (call.owner == Call.Owner.MEMORY) {
            TraceLines.upTo(call).forEach(this::moveToSpooler);
        }
    }

    private void moveToSpooler(Call call) {
        if (call.owner != Call.Owner.MEMORY || call.isRecord()) {
            return;
        }
        giveToSpooler(call);
        if (!call.inFlight) {
            sources.remove(call);
            leave(call);
        }
    }

    /** No one waits for the calls any more: what isn't in flight ends, the rest isn't repeated. */
    GivenUp giveUp(Collection<Call> calls) {
        var givenUp = new GivenUp(new ArrayList<>(), new ArrayList<>());
        for (var call : List.copyOf(calls)) {
            call.abandoned = true;
            if (call.owner == Call.Owner.MEMORY && !call.inFlight) {
                drop(call);
                givenUp.rejected().add(call);
            } else {
                givenUp.unknown().add(call);
            }
        }
        return givenUp;
    }

    /** The call is on the spool. */
    void spooled(Call call, long number) {
        spooling.written(number);
        end(call);
    }

    /** The call is not on the spool; answers whether that is its end. In flight, it may still be stored. */
    boolean notSpooled(Call call) {
        spooling.forget(call.traces);
        if (call.inFlight) {
            call.owner = Call.Owner.MEMORY;
            return false;
        }
        end(call);
        return true;
    }

    void loaded(List<Call> records, boolean more) {
        spooling.endReading(records, more);
        for (var entry : records) {
            entry.sequence = ++lastSequence;
            if (lines.enter(entry)) {
                sources.add(entry);
            }
        }
    }

    /** The record is no longer on the spool; answers whether that is its end. In flight, it may still be stored. */
    boolean expired(long number, Set<String> traces) {
        var loaded = spooling.loaded().get(number);
        if (loaded == null) {
            spooling.forget(traces);
            return true;
        }
        if (loaded.inFlight) {
            loaded.abandoned = true;
            return false;
        }
        drop(loaded);
        return true;
    }

    private void drop(Call call) {
        sources.remove(call);
        end(call);
        leave(call);
    }

    private void end(Call call) {
        call.owner = Call.Owner.NOBODY;
        if (call.isRecord()) {
            spooling.ended(call);
        } else {
            inMemory.remove(call);
            admission.release(call);
        }
    }

    /** The call gives way to later ones of its traces. They follow it to the spool if it went there. */
    private void leave(Call call) {
        var left = new ArrayDeque<Call>(List.of(call));
        while (!left.isEmpty()) {
            for (var free : lines.leave(left.remove())) {
                if (spooling.exists && !free.isRecord() && spooling.holdsAnyOf(free.traces)) {
                    giveToSpooler(free);
                    left.add(free);
                } else {
                    sources.add(free);
                }
            }
        }
    }
}
