package io.deploytrace.cli;

import static io.deploytrace.vocabulary.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.InstalledProgram;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual's way to listen to events, with real servers, one of which is killed. */
class EventsManualTest {

    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example: listen -->\\R```\\R(.*?)\\R```", Pattern.DOTALL);

    private final Fixtures fixtures = new Fixtures(5);
    private String databaseUrl;
    private DataSource source;
    private UUID workspace;
    private String key;

    @BeforeEach
    void prepare() throws Exception {
        InstalledProgram.require("curl");
        databaseUrl = TestDatabase.createMigrated();
        source = DatabaseAddress.parse(databaseUrl, null).dataSource();
        workspace = UUID.fromString(program("workspace", "create", "acme"));
        key = program("key", "create", "--role", "read", "--workspace", workspace.toString());
    }

    private String program(String... arguments) {
        var result = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", databaseUrl))
                .run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().strip();
    }

    private EventListener listen(RunningServer server, String options) throws IOException {
        var example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "events.md")));
        assertThat(example.find()).isTrue();
        return EventListener.start(
                example.group(1).replace("curl ", "curl -sS " + options + " "),
                Map.of("DEPLOYTRACE_KEY", key, "DEPLOYTRACE_URL", server.url(), "WORKSPACE", workspace.toString()));
    }

    /** A trace that no server wrote; it is at its second revision. */
    private String write() {
        var trace = fixtures.trace(workspace).target("shop-production");
        var root = trace.root(COMPLETED);
        var store = PostgresSpanStore.builder(source).build();
        store.write(trace.spans(), Deadline.after(Duration.ofSeconds(30)));
        trace.add(root, "Planning", Phase.PLANNING, NodeType.PHASE, COMPLETED);
        store.write(trace.spans(), Deadline.after(Duration.ofSeconds(30)));
        return trace.traceId();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
    void example_hearsOfChanges_andEndsInOrderWhenTheServerStops(String protocol) throws Exception {
        var server = RunningServer.start(databaseUrl, "--auth", "required");
        try (var listener = listen(server, protocol)) {
            var unused = listener.await(line -> line.equals(": heartbeat"));

            listener.awaitTrace(write(), 2);

            server.stop();
            Await.until(() -> !listener.isAlive());
        } finally {
            server.kill();
        }
    }

    @Test
    void whatChangedSinceAKilledServersLastEvent_isToldByAnother() throws Exception {
        var killed = RunningServer.start(databaseUrl, "--auth", "required");
        try (var other = RunningServer.start(databaseUrl, "--auth", "required");
                var listener = listen(killed, "")) {
            var unused = listener.lastId();
            var known = write();
            listener.awaitTrace(known, 2);
            var position = listener.lastId();
            killed.kill();
            Await.until(() -> !listener.isAlive());
            var missed = write();
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("UPDATE deployment_trace SET revision = 9, updated_at = now() WHERE trace_id = '"
                        + known + "'");
            }

            try (var again = listen(other, "-H 'Last-Event-ID: " + position + "'")) {
                again.awaitTrace(missed, 2);
                again.awaitTrace(known, 9);
            }
        } finally {
            killed.kill();
        }
    }
}
