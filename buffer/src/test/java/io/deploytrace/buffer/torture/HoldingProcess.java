package io.deploytrace.buffer.torture;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.buffer.SpoolSettings;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.testkit.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Gives spans to a buffer that can't store them yet and keeps them in memory, and waits to be told to end. */
final class HoldingProcess {

    static final int CALLS = 50;

    private static final Duration LONG = Duration.ofHours(1);

    private HoldingProcess() {}

    /** Its arguments are the database's URL, user and password, and the spool's directory. */
    public static void main(String[] arguments) throws Exception {
        var reporter = new Reporter();
        System.setOut(System.err);
        var store = PostgresSpanStore.builder(ControllerProcess.pool(arguments)).build();
        var buffer = BufferedSpanWriter.builder(store)
                .spool(SpoolSettings.in(Path.of(arguments[3])))
                .circuitThreshold(Integer.MAX_VALUE) // else the spool would have them already
                .backoff(LONG, LONG)
                .shutdownHook(true)
                .build();
        var fixtures = new Fixtures(1);
        for (var i = 0; i < CALLS; i++) {
            var spans = fixtures.single(UUID.fromString(ControllerProcess.WORKSPACE));
            reporter.said("wrote " + spans.get(0).traceId());
            var unused = buffer.submit(spans, Deadline.after(LONG));
        }
        reporter.said("holds " + buffer.metrics().heldInMemory() + " "
                + buffer.metrics().spooled());
        reporter.said("ready");
        var ignored = System.in.read();
        Runtime.getRuntime().halt(1);
    }
}
