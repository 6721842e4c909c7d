package io.deploytrace.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** One line for each reason in ten seconds, whatever is sent. */
@ResourceLock(Resources.SYSTEM_ERR)
class RejectionLogTest {

    private final SettableClock clock = new SettableClock(Requests.START);
    private final RejectionLog log = new RejectionLog(clock);

    @Test
    void rejected_isLoggedOncePerReasonAndIntervalAndTheOthersAreCounted() {
        var lines = logged(() -> {
            reject(RejectionReason.CONFLICT, 2);
            reject(RejectionReason.CONFLICT, 3);
            reject(RejectionReason.INVALID_SPAN, 1);
            clock.advance(Duration.ofSeconds(10).minusNanos(1));
            reject(RejectionReason.CONFLICT, 4);
            clock.advance(Duration.ofNanos(1));
            reject(RejectionReason.CONFLICT, 5);
            clock.advance(Duration.ofSeconds(10));
            reject(RejectionReason.CONFLICT, 6);
        });

        assertThat(lines)
                .containsExactly(
                        line(2, "conflict", 0),
                        line(1, "invalid_span", 0),
                        line(5, "conflict", 7),
                        line(6, "conflict", 0));
    }

    private static String line(int spans, String reason, int leftOut) {
        return "Rejected " + spans + " spans of a sender for workspace " + Requests.WORKSPACE + ": " + reason
                + " (span 1 of trace 2). Left out since the last such line: " + leftOut + " spans.";
    }

    private void reject(RejectionReason reason, int spans) {
        log.rejected(Requests.controller(), new Rejection(reason, spans, "span 1 of trace 2", "secret"));
    }

    @Test
    void clockThatGoesBack_doesNotSilenceTheLog() {
        var lines = logged(() -> {
            reject(RejectionReason.CONFLICT, 1);
            clock.advance(Duration.ofDays(-1));
            reject(RejectionReason.CONFLICT, 2);
        });

        assertThat(lines).hasSize(2);
    }

    @Test
    void sender_isNamedWithoutWhatItCouldForgeALineWith() {
        var lines = logged(() -> {
            log.rejected(
                    Requests.job("job\n1"), new Rejection(RejectionReason.FOREIGN_TRACE, 1, "span 1 of trace 2", "x"));
            log.rejected(
                    new Sender.Controller(null), new Rejection(RejectionReason.CONFLICT, 1, "span 1 of trace 2", "x"));
        });

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("of job job\uFFFD1 in workspace " + Requests.WORKSPACE);
        assertThat(lines.get(1)).contains("of a sender for all workspaces: conflict");
    }

    /** The lines of the log, which the tests' back end writes to the standard error stream. */
    private static List<String> logged(Runnable calls) {
        var bytes = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            calls.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst(".* RejectionLog - |.*RejectionLog - ", ""))
                .toList();
    }
}
