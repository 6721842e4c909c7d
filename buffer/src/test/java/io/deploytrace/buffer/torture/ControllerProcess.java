package io.deploytrace.buffer.torture;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.buffer.SpoolSettings;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.nio.file.Path;
import java.time.Duration;

/** A controller: reconciles a number of times, says of each how long it waited for tracing, and waits to be killed or told to go on. */
final class ControllerProcess {

    /** The longest that one persist may take. */
    static final Duration BOUND = Duration.ofSeconds(1);

    static final String WORKSPACE = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

    private ControllerProcess() {}

    /** Its arguments are the database's URL, user and password, the spool's directory, and the number of reconciles. */
    public static void main(String[] arguments) throws Exception {
        var reporter = new Reporter();
        System.setOut(System.err);
        try (var pool = pool(arguments);
                var buffer = BufferedSpanWriter.builder(
                                PostgresSpanStore.builder(pool).build())
                        .spool(SpoolSettings.in(Path.of(arguments[3])))
                        .shutdownTimeout(BOUND)
                        .build()) {
            for (var i = 0; i < Integer.parseInt(arguments[4]); i++) {
                reconcile(buffer, reporter);
            }
            reporter.said("ready");
            if (System.in.read() == 'f' && !buffer.flush(Deadline.after(Duration.ofMinutes(1)))) {
                reporter.wrong("Not everything was stored: " + buffer.metrics());
            }
        }
        Runtime.getRuntime().halt(0);
    }

    /** A pool of the database whose URL, user and password come first, which may be away. */
    static HikariDataSource pool(String[] arguments) {
        var configuration = new HikariConfig();
        configuration.setJdbcUrl(arguments[0]);
        configuration.setUsername(arguments[1]);
        configuration.setPassword(arguments[2]);
        configuration.setConnectionTimeout(1_000);
        configuration.setInitializationFailTimeout(-1);
        configuration.addDataSourceProperty("socketTimeout", "5");
        configuration.addDataSourceProperty("loginTimeout", "2");
        return new HikariDataSource(configuration);
    }

    /** Persists live: once while it plans, and at the end. */
    private static void reconcile(SpanWriter store, Reporter reporter) {
        var reconcile = ReconcileTarget.builder(WORKSPACE, "api-service-production")
                .store(store)
                .persistTimeout(BOUND)
                .start();
        var planning = reconcile.startPlanning();
        var evaluation = planning.startEvaluation("Approval Policy");
        var first = persist(reconcile);
        evaluation.setResult(Result.ALLOWED, "Approved");
        planning.makeDecision("Deploy approved", Decision.APPROVED);
        reconcile.complete(Status.COMPLETED);
        var second = persist(reconcile);
        reconcile.close();
        reporter.said(
                "reconciled " + reconcile.traceId() + " " + reconcile.spans().size() + " " + Math.max(first, second));
    }

    /** How many milliseconds it took. */
    private static long persist(ReconcileTarget reconcile) {
        var start = System.nanoTime();
        reconcile.persist();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
