package io.deploytrace.buffer;

import io.deploytrace.store.SpanStoreException.Reason;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The moves that the events of {@link CallStates} are made of: into memory, from there to the spooler, and to the end. Each keeps the order
 * of the calls that share a trace. Guarded by the lock of {@link CallQueue}.
 */
final class CallMoves {

    private final Admission admission;
    private final GroupSources sources;
    private final Spooling spooling;
    private final Ledger ledger;
    private final TraceLines lines = new TraceLines();

    /** Calls, not records, that aren't on the spool yet, in the order in which they came. */
    private final Set<Call> inMemory = new LinkedHashSet<>();

    private long lastSequence;

    CallMoves(Admission admission, GroupSources sources, Spooling spooling, Ledger ledger) {
        this.admission = admission;
        this.sources = sources;
        this.spooling = spooling;
        this.ledger = ledger;
    }

    Set<Call> inMemory() {
        return inMemory;
    }

    long lastSequence() {
        return lastSequence;
    }

    /** A new call comes into memory, ready to be written or on its way to the spooler. */
    void enter(Call call, Admission.Route route) {
        admission.take(call, route);
        inMemory.add(call);
        if (route == Admission.Route.SPOOLER) {
            call.sequence = ++lastSequence;
            lines.latestOf(call.traces).forEach(this::toSpooler);
            giveToSpooler(call);
        } else {
            lineUp(call);
        }
    }

    /** The call may be written once the earlier ones of its traces have left. */
    void lineUp(Call call) {
        call.sequence = ++lastSequence;
        if (lines.enter(call)) {
            sources.add(call);
        }
    }

    /** The call goes to the spool, after the earlier calls of its traces; does nothing if it isn't in memory. */
    void toSpooler(Call call) {
        if (call.owner == Call.Owner.MEMORY) {
            TraceLines.upTo(call).forEach(this::oneToSpooler);
        }
    }

    private void oneToSpooler(Call call) {
        if (call.owner != Call.Owner.MEMORY || call.isRecord()) {
            return;
        }
        giveToSpooler(call);
        if (!call.inFlight) {
            sources.remove(call);
            leave(call);
        }
    }

    private void giveToSpooler(Call call) {
        call.owner = Call.Owner.SPOOLER;
        spooling.add(call);
    }

    /** The call won't be stored. */
    void reject(Call call, Reason reason) {
        ledger.rejected(call, reason);
        sources.remove(call);
        end(call);
        leave(call);
    }

    /** Nobody has to see to the call any more. */
    void end(Call call) {
        call.owner = Call.Owner.NOBODY;
        if (call.isRecord()) {
            spooling.ended(call);
        } else {
            inMemory.remove(call);
            admission.release(call);
        }
    }

    /** The call gives way to later ones of its traces. They follow it to the spool if it went there. */
    void leave(Call call) {
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
