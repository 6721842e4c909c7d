package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.cli.RestartedDatabase.Shutdown;
import io.deploytrace.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Two servers of one database are written to, asked and listened to, while the database is restarted twice and one of them is killed.
 * The seed and the length are set by the system properties {@code servers.torture.seed} and {@code servers.torture.seconds}.
 */
class TwoServersTest {

    private static final long SEED = Long.getLong("servers.torture.seed", System.nanoTime());
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("servers.torture.seconds", 60));
    private static final int ACKNOWLEDGED_MEANWHILE = 50;

    private final Random random = new Random(SEED);
    private final Findings findings = new Findings();
    private RestartedDatabase database;
    private TwoServers servers;
    private List<MixedLoad> loads;

    @Test
    void twoServers_whileTheDatabaseIsRestartedAndOneOfThemIsKilled_loseNothingAndMixNothingUp() throws Exception {
        System.out.printf("servers.torture.seed=%d, servers.torture.seconds=%d%n", SEED, LENGTH.toSeconds());
        try (var created = RestartedDatabase.create()) {
            database = created;
            migrate();
            try (var started = new TwoServers(database.url())) {
                servers = started;
                run();
            }
            findings.assertNone();
            var report = new LoadReport(findings);
            for (var load : loads) {
                var stored = StoredWorkspace.read(database.url(), load);
                stored.check();
                report.add(load, stored);
            }
            report.print();
        }
    }

    private void migrate() {
        var migrated = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", database.url()))
                .run("migrate");
        assertThat(migrated.exitCode()).as(migrated.err()).isZero();
    }

    private void run() throws Exception {
        loads = List.of(load("workspace-acme"), load("workspace-globex"));
        loads.get(0).prepare(loads.get(1).tenant());
        loads.get(1).prepare(loads.get(0).tenant());
        loads.get(0).start(loads.get(1));
        loads.get(1).start(loads.get(0));
        disturb();
        for (var load : loads) {
            load.finish();
        }
        servers.awaitQuiet();
        awaitEvents();
        loads.forEach(MixedLoad::stopListening);
    }

    private MixedLoad load(String workspace) {
        return new MixedLoad(random.nextLong(), new Tenant(database.url(), workspace), servers.urls(), findings);
    }

    /** Each at a random moment of its part of the time; after the last one, writing goes on for a sixth of it at least. */
    private void disturb() throws Exception {
        var begin = System.nanoTime();
        pauseUntil(begin, 0.5 + random.nextDouble() / 2);
        restartDatabase(Shutdown.FAST);
        pauseUntil(begin, 1.5 + random.nextDouble() / 2);
        killServer(random.nextInt(2));
        pauseUntil(begin, 3 + random.nextDouble() / 2);
        // Whoever loads anew after the crash knows everything, heard or not.
        awaitEvents();
        requireResets(0);
        restartDatabase(Shutdown.IMMEDIATE);
        pauseUntil(System.nanoTime(), 1);
        pauseUntil(begin, 6);
        requireResets(1);
    }

    /** Waits until all who listen know everything that is stored now. */
    private void awaitEvents() throws Exception {
        for (var load : loads) {
            load.awaitEvents(StoredWorkspace.revisions(database.url(), load));
        }
    }

    /** A position is lost by a crash of the database, and by nothing else. */
    private void requireResets(int most) {
        loads.forEach(load -> load.listeners()
                .forEach(listener -> findings.require(
                        listener.resets() <= most, "Lost its position " + listener.resets() + " times: " + listener)));
    }

    private static void pauseUntil(long begin, double sixths) {
        var end = begin + (long) (LENGTH.toNanos() * sixths / 6);
        for (long left; (left = end - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(left);
        }
    }

    private void restartDatabase(Shutdown how) throws Exception {
        database.stop(how);
        var begin = System.nanoTime();
        servers.awaitReadiness(false);
        var noticed = System.nanoTime();
        database.start();
        var started = System.nanoTime();
        servers.awaitReadiness(true);
        System.out.printf(
                "The database was stopped (%s): both servers not ready after %d ms; it was started, which took %d ms, and both"
                        + " servers were ready after %d ms%n",
                how, millis(noticed - begin), millis(started - noticed), millis(System.nanoTime() - started));
    }

    private void killServer(int number) throws Exception {
        servers.kill(number);
        var enough = SendingClient.acknowledgedInAll() + ACKNOWLEDGED_MEANWHILE;
        Await.until(() -> SendingClient.acknowledgedInAll() >= enough);
        var begin = System.nanoTime();
        servers.startAgain(number);
        servers.awaitReadiness(true);
        System.out.printf(
                "A server was killed, and ready %d ms after it was started again%n", millis(System.nanoTime() - begin));
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
