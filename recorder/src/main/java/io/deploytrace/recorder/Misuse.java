package io.deploytrace.recorder;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what was called wrongly, without ever throwing into the deployment: the first time of a trace as a
 * warning, then at debug level.
 */
final class Misuse {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileTarget.class);

    private final String trace;
    private final AtomicBoolean warned = new AtomicBoolean();

    Misuse(String trace) {
        this.trace = trace;
    }

    void report(String what) {
        report(what, null);
    }

    void report(String what, @Nullable Throwable cause) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("{} Further misuse in trace {} is logged at debug level.", what, trace, cause);
        } else {
            LOG.debug("{} (trace {})", what, trace, cause);
        }
    }

    /** Whether the argument is null, which is reported. */
    boolean isNull(String call, String argument, @Nullable Object value) {
        if (value == null) {
            report(call + " was called with null as " + argument + " and did nothing.");
        }
        return value == null;
    }

    /** Whether the argument is null or blank, which is reported. */
    boolean isBlank(String call, String argument, @Nullable String value) {
        if (value != null && value.isBlank()) {
            report(call + " was called with a blank " + argument + " and did nothing with it.");
            return true;
        }
        return isNull(call, argument, value);
    }
}
