package io.deploytrace.store.postgres;

import io.deploytrace.query.TraceSummary;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** The rows of one write, encoded. For use by one thread at a time. */
final class Encoding {

    private final SpanRows spans = new SpanRows();
    private final SummaryRows summaries = new SummaryRows();

    SpanRows spans() {
        return spans;
    }

    SummaryRows summaries() {
        return summaries;
    }

    /** Adds traces that are whole. */
    void add(Traces traces) {
        var step = 0;
        for (var trace : traces.spans()) {
            for (var span : trace) {
                spans.add(span, step);
            }
            summaries.add(new NewSummary(TraceSummary.of(trace), null, step));
            step++;
        }
    }

    /** Keeps the memory of a few encodings for later writes. Safe for use by several threads. */
    static final class Pool {

        private static final int MOST = 16;

        /** More would be kept for the sake of a single large write. */
        private static final int LARGEST = 8 * 1_048_576;

        private final Queue<Encoding> idle = new ArrayBlockingQueue<>(MOST);

        Encoding take() {
            var encoding = idle.poll();
            return encoding == null ? new Encoding() : encoding;
        }

        /** Only for one whose write was encoded without an exception. */
        void giveBack(Encoding encoding) {
            if (encoding.spans.capacity() + encoding.summaries.capacity() <= LARGEST) {
                encoding.spans.clear();
                encoding.summaries.clear();
                idle.offer(encoding);
            }
        }
    }
}
