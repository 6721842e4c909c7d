package io.deploytrace.buffer.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller, a process of its own, whose database is away all along: it isn't held up, and nothing of what it recorded is lost. */
class ControllerWithoutDatabaseTest {

    private static final int RECONCILES = 15;

    /** What a busy machine may add to a bound. */
    private static final long NOISE = 1_000;

    private final Queue<String> reports = new ConcurrentLinkedQueue<>();
    private TortureDatabase database;
    private FaultProxy network;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        database = TortureDatabase.create(directory.resolve("database"));
        database.execute("insert into workspace (id) values ('" + ControllerProcess.WORKSPACE + "')");
        network = FaultProxy.to(database.port(), FaultPlan.none());
    }

    @AfterEach
    void stop() throws IOException {
        network.close();
        database.close();
    }

    @Test
    void nothingListening_holdsNothingUp_andStoresEverythingLater() throws Exception {
        network.refuse();
        var controller = startController();

        network.heal();
        finish(controller);

        verify(1);
    }

    @Test
    void blackHole_holdsNothingUp_andStoresEverythingLater() throws Exception {
        network.blackHole();
        var controller = startController();

        network.heal();
        finish(controller);

        verify(1);
    }

    @Test
    void restartedController_storesWhatTheOneBeforeCouldNot() throws Exception {
        network.refuse();
        startController().kill();
        var next = startController();

        network.heal();
        finish(next);

        verify(2);
    }

    /** Returns when it has made all of its reconciles. */
    private TorturedProcess startController() throws IOException {
        var controller = TorturedProcess.start(
                ControllerProcess.class,
                List.of(
                        TortureDatabase.url(network.port()),
                        database.user(),
                        database.password(),
                        directory.resolve("spool").toString(),
                        Integer.toString(RECONCILES)),
                directory.resolve("controller.log"),
                reports::add);
        controller.awaitReady();
        return controller;
    }

    private static void finish(TorturedProcess controller) throws IOException {
        controller.tell("f");
        assertThat(controller.awaitEnd(120)).isTrue();
    }

    private void verify(int controllers) {
        var reconciled = reports.stream()
                .filter(line -> line.startsWith("said reconciled"))
                .map(line -> line.split(" ", -1))
                .toList();
        assertThat(reports).noneMatch(line -> line.startsWith("wrong"));
        assertThat(reconciled).hasSize(controllers * RECONCILES);
        assertThat(reconciled)
                .allSatisfy(words ->
                        assertThat(Long.parseLong(words[4])).isLessThan(ControllerProcess.BOUND.toMillis() + NOISE));
        assertThat(stored())
                .extracting(trace ->
                        trace.summary().traceId() + " " + trace.summary().spanCount())
                .containsExactlyInAnyOrderElementsOf(reconciled.stream()
                        .map(words -> words[2] + " " + words[3])
                        .toList());
    }

    private List<StoredTrace> stored() {
        var store = PostgresSpanStore.builder(database.dataSource()).build();
        var traces = store.traces(
                        UUID.fromString(ControllerProcess.WORKSPACE),
                        TraceFilter.ALL,
                        PageRequest.first(PageRequest.MAXIMUM_LIMIT),
                        Deadline.after(Duration.ofMinutes(1)))
                .items();
        assertThat(traces).extracting(trace -> trace.summary().openCount()).containsOnly(0);
        return traces;
    }
}
