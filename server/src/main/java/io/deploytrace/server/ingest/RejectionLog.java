package io.deploytrace.server.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs rejected spans: for each reason a line at most every 10 seconds. Safe for use by several threads. */
final class RejectionLog {

    private static final Logger LOG = LoggerFactory.getLogger(RejectionLog.class);

    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final class Counts {

        private @Nullable Instant last;
        private long leftOut;
    }

    private final InstantSource clock;
    private final Map<RejectionReason, Counts> counts = new EnumMap<>(RejectionReason.class);

    RejectionLog(InstantSource clock) {
        this.clock = clock;
    }

    /** Says how many, whose and why, and nothing of what the spans hold but ids. */
    void rejected(Sender sender, Rejection rejection) {
        var leftOut = leftOut(rejection);
        if (leftOut < 0) {
            return;
        }
        LOG.warn(
                "Rejected {} spans of {}: {} ({}). Left out since the last such line: {} spans.",
                rejection.spans(),
                describe(sender),
                rejection.reason().label(),
                rejection.which(),
                leftOut);
    }

    private static String describe(Sender sender) {
        if (sender instanceof Sender.Job job) {
            var reference = job.token().job();
            return "job " + Shown.text(reference.jobId()) + " in workspace " + reference.workspaceId();
        }
        var workspaceId = ((Sender.Controller) sender).workspaceId();
        return workspaceId == null ? "a sender for all workspaces" : "a sender for workspace " + workspaceId;
    }

    /** How many spans were left out since the last line; negative if this is not the time for one. */
    private synchronized long leftOut(Rejection rejection) {
        var count = counts.computeIfAbsent(rejection.reason(), reason -> new Counts());
        var now = clock.instant();
        if (count.last != null && !now.isBefore(count.last) && now.isBefore(count.last.plus(INTERVAL))) {
            count.leftOut += rejection.spans();
            return -1;
        }
        var leftOut = count.leftOut;
        count.leftOut = 0;
        count.last = now;
        return leftOut;
    }
}
