package io.deploytrace.server.ingest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener and the log what became of spans; a listener that fails changes nothing about that. */
final class IngestReports {

    private static final Logger LOG = LoggerFactory.getLogger(IngestReports.class);

    private final IngestListener listener;
    private final RejectionLog log;

    IngestReports(IngestListener listener, RejectionLog log) {
        this.listener = listener;
        this.log = log;
    }

    void received(int spans) {
        tell(() -> listener.received(spans));
    }

    void failed(int spans) {
        tell(() -> listener.failed(spans));
    }

    void done(Sender sender, Part part) {
        var stored = part.result().inserted() + part.result().updated();
        tell(() -> listener.stored(stored));
        tell(() -> listener.duplicates(part.sent() - stored));
        for (var rejection : part.rejections()) {
            tell(() -> listener.rejected(rejection.reason(), rejection.spans()));
            log.rejected(sender, rejection);
        }
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("The listener of the ingest failed; the spans are not affected.", e);
        }
    }
}
