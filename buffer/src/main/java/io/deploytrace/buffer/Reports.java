package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Tells of what happened whom it concerns: the ledger, then the caller, then the listener and the log. Holds no lock meanwhile. */
final class Reports {

    private final Ledger ledger;
    private final BufferListener listener;
    private final BufferLog log;

    Reports(Ledger ledger, BufferListener listener, BufferLog log) {
        this.ledger = ledger;
        this.listener = listener;
        this.log = log;
    }

    void accepted(int spans) {
        tell(to -> to.accepted(spans));
    }

    /** The buffer didn't take the call on. */
    void refused(Collection<Span> spans, SpanStoreException failure) {
        ledger.refused(spans.size(), failure.reason());
        accepted(spans.size());
        tellRejected(List.copyOf(spans), failure);
    }

    void recovered(int spans) {
        ledger.recovered(spans);
        log.say(BufferLog.Kind.SPOOL, spans + " spans of an earlier process are on the spool and will be sent.", null);
        tell(to -> to.recovered(spans));
    }

    void stored(Call call, WriteResult result) {
        var duplicates = Ledger.duplicates(call, result);
        call.answer.complete(result);
        if (duplicates < call.size()) {
            tell(to -> to.stored(call.size() - duplicates));
        }
        if (duplicates > 0) {
            tell(to -> to.duplicates(duplicates));
        }
    }

    void committed(Duration latency, int calls, int spans) {
        tell(to -> to.committed(latency, calls, spans));
    }

    void rejected(Call call, SpanStoreException failure) {
        call.answer.completeExceptionally(failure);
        tellRejected(call.spans, failure);
    }

    /** Spans that came from the spool, and that are too old or that no store takes. */
    void unsendable(List<Span> spans, SpanStoreException failure) {
        tellRejected(spans, failure);
    }

    /** Spans that can't be read from the spool any more. */
    void lost(int spans, String what) {
        var failure = Failures.lost(what);
        ledger.lost(spans, failure.reason());
        log.say(BufferLog.Kind.REJECTED, "Lost " + spans + " spans.", failure);
        tell(to -> to.lost(spans, failure));
    }

    private void tellRejected(List<Span> spans, SpanStoreException failure) {
        log.say(BufferLog.Kind.REJECTED, "Rejected " + Failures.ids(spans) + ".", failure);
        tell(to -> to.rejected(spans, failure));
    }

    void spooled(Call call) {
        call.answer.complete(new WriteResult(0, 0, 0, call.size()));
        tell(to -> to.spooled(call.size()));
    }

    void retried(List<Call> calls, SpanStoreException failure) {
        var spans = calls.stream().mapToInt(Call::size).sum();
        if (spans > 0) {
            tell(to -> to.retried(spans, failure));
        }
    }

    void circuitOpened(SpanStoreException failure) {
        log.say(
                BufferLog.Kind.CIRCUIT,
                "The store fails again and again; it is asked less often from now on.",
                failure);
        tell(to -> to.circuit(true));
    }

    void circuitClosed() {
        log.say(BufferLog.Kind.CIRCUIT, "The store answers again.", null);
        tell(to -> to.circuit(false));
    }

    void spoolFailed(Throwable failure) {
        log.say(BufferLog.Kind.SPOOL_FAILED, "The spool failed.", failure);
    }

    void spoolRepaired(String what) {
        log.say(BufferLog.Kind.SPOOL, what, null);
    }

    void spoolDamaged(String what) {
        log.say(BufferLog.Kind.SPOOL_DAMAGED, what, null);
    }

    void defect(Throwable thrown) {
        log.say(BufferLog.Kind.DEFECT, "A defect in the buffer; it goes on.", thrown);
    }

    private void tell(Consumer<BufferListener> news) {
        try {
            news.accept(listener);
        } catch (Throwable thrown) {
            log.say(BufferLog.Kind.LISTENER, "The listener failed.", thrown);
        }
    }
}
