package io.deploytrace.buffer.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is told to end while its database is away: what it holds in memory goes to the spool, and the next one sends it. */
class TerminationTest {

    private static final String SAID = "said wrote ";

    private final Queue<String> reports = new ConcurrentLinkedQueue<>();

    @TempDir
    Path directory;

    @Test
    void terminated_databaseUnreachable_leavesAllToTheNextProcess() throws Exception {
        try (var database = TortureDatabase.create(directory.resolve("database"));
                var network = FaultProxy.to(database.port(), FaultPlan.none())) {
            database.execute("insert into workspace (id) values ('" + ControllerProcess.WORKSPACE + "')");
            network.refuse();
            var holding = start(HoldingProcess.class, database, network, List.of());
            assertThat(reports).contains("said holds " + HoldingProcess.CALLS + " 0" + Reporter.END);

            holding.terminate();
            assertThat(holding.awaitEnd(60)).isTrue();
            network.heal();
            var next = start(ControllerProcess.class, database, network, List.of("0"));
            next.tell("f");
            assertThat(next.awaitEnd(120)).isTrue();

            assertThat(reports).noneMatch(line -> line.startsWith("wrong"));
            assertThat(stored(database)).hasSize(HoldingProcess.CALLS).containsExactlyInAnyOrderElementsOf(written());
        }
    }

    private TorturedProcess start(Class<?> program, TortureDatabase database, FaultProxy network, List<String> more)
            throws IOException {
        var arguments = new ArrayList<>(List.of(
                TortureDatabase.url(network.port()),
                database.user(),
                database.password(),
                directory.resolve("spool").toString()));
        arguments.addAll(more);
        var process = TorturedProcess.start(program, arguments, directory.resolve("log"), reports::add);
        process.awaitReady();
        return process;
    }

    private List<String> written() {
        return reports.stream()
                .filter(line -> line.startsWith(SAID))
                .map(line -> line.substring(SAID.length(), line.length() - Reporter.END.length()))
                .toList();
    }

    private static List<String> stored(TortureDatabase database) {
        return PostgresSpanStore.builder(database.dataSource())
                .build()
                .traces(
                        UUID.fromString(ControllerProcess.WORKSPACE),
                        TraceFilter.ALL,
                        PageRequest.first(PageRequest.MAXIMUM_LIMIT),
                        Deadline.after(Duration.ofMinutes(1)))
                .items()
                .stream()
                .map(trace -> trace.summary().traceId())
                .toList();
    }
}
