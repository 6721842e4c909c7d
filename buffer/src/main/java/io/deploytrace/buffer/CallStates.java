package io.deploytrace.buffer;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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
    private final Ledger ledger;
    private final CallMoves moves;

    CallStates(Admission admission, GroupSources sources, Circuit circuit, Spooling spooling, Ledger ledger) {
        this.admission = admission;
        this.sources = sources;
        this.circuit = circuit;
        this.spooling = spooling;
        this.ledger = ledger;
        this.moves = new CallMoves(admission, sources, spooling, ledger);
    }

    Set<Call> inMemory() {
        return moves.inMemory();
    }

    long lastSequence() {
        return moves.lastSequence();
    }

    Admission.Route route(Call call) {
        var mustSpool = spooling.exists
                && (call.kind == Call.Kind.HANDED_OVER || circuit.isOpen() || spooling.holdsAnyOf(call.traces));
        return admission.route(call, mustSpool);
    }

    void accepted(Call call, Admission.Route route) {
        ledger.accepted(call.size());
        moves.enter(call, route);
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

    /** The attempt stored the calls. */
    Ended stored(List<Call> calls, List<WriteResult> results, boolean probe) {
        sources.grow();
        ledger.committed();
        var ended = new HashSet<Call>(calls.size() * 2);
        for (var i = 0; i < calls.size(); i++) {
            var call = calls.get(i);
            if (landed(call)) {
                ledger.stored(call, Ledger.duplicates(call, results.get(i)));
                ended.add(call);
            }
        }
        return new Ended(ended, circuit.succeeded(probe));
    }

    /** The store refused the call for good. */
    Ended refused(Call call, Reason reason, boolean probe) {
        var landed = landed(call);
        if (landed) {
            ledger.rejected(call, reason);
        }
        return new Ended(landed ? Set.of(call) : Set.of(), circuit.succeeded(probe));
    }

    /** The call's flight has ended; answers whether the call ends with it. */
    private boolean landed(Call call) {
        call.inFlight = false;
        var ends = call.owner == Call.Owner.MEMORY || (call.owner == Call.Owner.SPOOLER && spooling.takeBack(call));
        if (ends) {
            moves.end(call);
        }
        moves.leave(call);
        return ends;
    }

    /** The attempt failed, and repeating it can help. Calls that aren't in flight are left alone. */
    Repeat failedForNow(List<Call> attempted, SpanStoreException failure, boolean probe, long now) {
        var calls = attempted.stream().filter(call -> call.inFlight).toList();
        var opened = countFailure(failure, probe, now);
        var again = new ArrayList<Call>();
        var givenUp = new ArrayList<Call>();
        for (var call : calls) {
            call.inFlight = false;
            if (call.owner != Call.Owner.MEMORY) {
                moves.leave(call);
            } else if (call.abandoned || (failure.reason() == Reason.NOT_READY && !call.isOnItsOwn())) {
                givenUp.add(call);
            } else {
                again.add(call);
                sources.addAgain(call);
            }
        }
        var reason = failure.reason() == Reason.NOT_READY ? Reason.NOT_READY : Reason.DEADLINE_PASSED;
        givenUp.forEach(call -> moves.reject(call, reason));
        ledger.retried(again.stream().mapToInt(Call::size).sum());
        if (spooling.exists && circuit.isOpen()) {
            spoolAllQueued();
        }
        return new Repeat(again, givenUp, opened);
    }

    private boolean countFailure(SpanStoreException failure, boolean probe, long now) {
        if (failure.reason() == Reason.NOT_READY) {
            circuit.notReady(now, probe);
            return false;
        }
        if (failure.reason() == Reason.DEADLINE_PASSED || failure.getCause() instanceof Error) {
            sources.shrink(); // the group may have been too large for the time or for the memory
        }
        return circuit.failed(now, probe);
    }

    private void spoolAllQueued() {
        List.copyOf(inMemory()).stream().filter(call -> !call.inFlight).forEach(this::cannotWait);
    }

    /** The call can't wait for the store any longer: it goes to the spool, after the earlier calls of its traces. */
    void cannotWait(Call call) {
        moves.toSpooler(call);
    }

    /** No one waits for the calls any more: what isn't in flight ends, the rest isn't repeated. */
    GivenUp giveUp(Collection<Call> calls, Reason reason) {
        var givenUp = new GivenUp(new ArrayList<>(), new ArrayList<>());
        for (var call : List.copyOf(calls)) {
            call.abandoned = true;
            if (call.owner == Call.Owner.MEMORY && !call.inFlight) {
                moves.reject(call, reason);
                givenUp.rejected().add(call);
            } else {
                givenUp.unknown().add(call);
            }
        }
        return givenUp;
    }

    /** The call is on the spool. */
    void spooled(Call call, long number) {
        ledger.spooled(call.size());
        spooling.written(number);
        moves.end(call);
    }

    /** The call is not on the spool; answers whether that is its end. In flight, it may still be stored, but isn't repeated. */
    boolean notSpooled(Call call) {
        if (call.owner != Call.Owner.SPOOLER) {
            return false;
        }
        spooling.notWritten(call);
        if (call.inFlight) {
            call.owner = Call.Owner.MEMORY;
            call.abandoned = true;
            return false;
        }
        ledger.rejected(call, Reason.UNAVAILABLE);
        moves.end(call);
        return true;
    }

    void loaded(List<Call> records, boolean more) {
        spooling.endReading(records, more).forEach(moves::lineUp);
    }

    /** The record is too old, and no longer on the spool; answers whether that is its end. In flight, it may still be stored. */
    boolean expired(SpoolRecord entry, Set<String> traces) {
        var loaded = spooling.loaded().get(entry.number());
        if (loaded == null) {
            unsendable(entry, traces, Reason.DEADLINE_PASSED);
            return true;
        }
        loaded.abandoned = true;
        if (!loaded.inFlight) {
            moves.reject(loaded, Reason.DEADLINE_PASSED);
        }
        return !loaded.inFlight;
    }

    /** A record was taken from the spool without being sent. */
    void unsendable(SpoolRecord entry, Set<String> traces, Reason reason) {
        spooling.forget(traces);
        ledger.lost(entry.spans().size(), reason);
    }
}
