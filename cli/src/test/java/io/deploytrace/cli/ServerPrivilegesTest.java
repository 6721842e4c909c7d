package io.deploytrace.cli;

import static io.deploytrace.cli.OperatedDatabase.OWNER;
import static io.deploytrace.cli.OperatedDatabase.READER;
import static io.deploytrace.cli.OperatedDatabase.SERVER;
import static io.deploytrace.cli.OperatedDatabase.WRITER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.ChangesRequest;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.postgres.PostgresLeases;
import io.deploytrace.store.postgres.PostgresMaintenance;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresTraceChanges;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server does all it does as the role that the manual gives it. */
class ServerPrivilegesTest {

    private static final Pattern PATH = Pattern.compile("\"(/api/v1/[^\"]+)\": \\{");

    private static OperatedDatabase database;
    private static UUID workspace;

    @BeforeAll
    static void setUp() {
        database = OperatedDatabase.shared();
        workspace = database.createWorkspace("of-the-server");
    }

    @Test
    void server_asItsRole_takesSpansAndNotesTheUseOfKeys() throws Exception {
        var key = database.createKey(workspace);
        try (var server = RunningServer.start(database.url(SERVER), "--auth", "required")) {
            var clients = List.of(
                    new SendingClient(1, true, server.url(), key), new SendingClient(2, false, server.url(), key));
            clients.forEach(Thread::start);
            Await.until(() -> SendingClient.acknowledgedInAll() >= 50);
            for (var client : clients) {
                client.finish();
                assertThat(client.unanswered()).isEmpty();
                assertThat(client.acknowledged())
                        .allSatisfy(trace -> assertThat(stored(trace.traceId()))
                                .isEqualTo(trace.spans().size()));
            }
            assertThat(database.operate("key", "list", "--json")).doesNotContain("\"lastUsedAt\" : null");
            assertComplainsOfNothing(server);
        }
    }

    @Test
    void server_asItsRole_followsChangesAndHoldsLeases() {
        var source = source(SERVER);
        var changes = new PostgresTraceChanges(source);
        var request = new ChangesRequest(workspace, changes.now(soon()));
        var leases = new PostgresLeases(source);
        var holder = UUID.randomUUID();

        assertThat(changes.since(List.of(request), 10, soon())).hasSize(1);
        assertThat(leases.tryHold("test", holder, Duration.ofMinutes(1), soon()))
                .isTrue();
        assertThat(leases.tryHold("test", holder, Duration.ofMinutes(1), soon()))
                .isTrue();
        leases.release("test", holder, soon());
        assertThatThrownBy(() -> new PostgresWorkspaces(source).retain(workspace, Duration.ofDays(1), soon()))
                .hasMessageContaining("permission denied");
    }

    @Test
    void server_asItsRole_answersEveryQuestion() throws Exception {
        var traceId = write(workspace, InstantSource.system(), "a");
        var key = database.createKey(workspace);
        try (var server = RunningServer.start(database.url(SERVER), "--auth", "required")) {
            var questions = PATH.matcher(
                            get(server.url() + "/api/openapi.json", key).body())
                    .results()
                    .map(path -> path.group(1)
                            .replace("{workspaceId}", workspace.toString())
                            .replace("{traceId}", traceId))
                    .filter(path -> !path.endsWith("/events"))
                    .map(path -> path + query(path, traceId))
                    .toList();

            assertThat(questions).hasSize(11);
            for (var question : questions) {
                var answer = get(server.url() + question, key);
                assertThat(answer.statusCode()).as(question + answer.body()).isEqualTo(200);
            }
            assertComplainsOfNothing(server);
        }
    }

    private static HttpResponse<String> get(String url, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).header("authorization", "Bearer " + key);
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static String query(String path, String traceId) {
        return switch (path.substring(path.lastIndexOf('/'))) {
            case "/why" -> path.contains(traceId) ? "" : "?releaseTarget=shop";
            case "/history" -> "?releaseTarget=shop";
            case "/fanout" -> "?releaseId=v1";
            case "/diff" -> "?a=" + traceId + "&b=" + traceId;
            default -> "";
        };
    }

    @Test
    void server_asItsRole_tellsEvents() throws Exception {
        var key = database.createKey(workspace);
        try (var server = RunningServer.start(database.url(SERVER), "--auth", "required");
                var listener = EventListener.start(
                        "curl -sN -H \"Authorization: Bearer $KEY\" \"$EVENTS\"",
                        Map.of("KEY", key, "EVENTS", server.url() + "/api/v1/workspaces/" + workspace + "/events"))) {
            assertThat(listener.lastId()).isNotEmpty();

            listener.awaitTrace(write(workspace, InstantSource.system(), "b"), 1);
            assertComplainsOfNothing(server);
        }
    }

    @Test
    void server_asItsRole_removesWhatIsNoLongerKept() throws Exception {
        var forgetful = database.createWorkspace("forgetful");
        database.operate("workspace", "retention", "forgetful", "30d");
        var traceId = write(forgetful, () -> Instant.now().minus(Duration.ofDays(31)), "c");
        try (var server = RunningServer.start(database.url(SERVER), "--retention-interval", "1s")) {
            Await.until(() -> stored(traceId) == 0);
            assertComplainsOfNothing(server);
        }
    }

    @Test
    void server_asItsRole_seesWhatOtherProgramsInsert() throws Exception {
        var since = Instant.now().minusSeconds(600);
        database.execute(WRITER, """
                insert into deployment_trace_span (trace_id, span_id, name, start_time, workspace_id)
                values ('0af7651916cd43dd8448eb211c80319c', '00f067aa0ba902b7', 'x', now(), '%s')
                """.formatted(workspace));

        var maintenance = new PostgresMaintenance(source(SERVER));

        assertThat(maintenance.reindex(workspace, TimeRange.since(since), soon()))
                .isEqualTo(1);
    }

    @Test
    void server_thatMayNotReadKeys_saysSoInItsLog() throws Exception {
        var key = database.createKey(workspace);
        try (var server = RunningServer.start(database.url(SERVER), "--auth", "required")) {
            database.execute(OWNER, "revoke all on deployment_trace_key from deploytrace_server");

            assertThat(get(server.url() + "/api/v1/workspaces", key).statusCode())
                    .isEqualTo(503);
            Await.until(() -> server.said().contains("permission denied for table deployment_trace_key"));
            assertThat(server.said()).contains(" ERROR ");
        } finally {
            database.grant();
        }
    }

    private static void assertComplainsOfNothing(RunningServer server) {
        assertThat(server.said()).doesNotContain("permission", " WARN ", " ERROR ");
    }

    /** A trace of one span, as a controller writes it. */
    private static String write(UUID to, InstantSource clock, String digit) {
        var attributes = Attributes.builder()
                .put("ctrlplane.workspace_id", to.toString())
                .put("ctrlplane.release_target_key", "shop")
                .put("ctrlplane.release_id", "v1")
                .build();
        var start = Instant.parse("2026-11-23T03:00:00Z");
        var span = new Span(digit.repeat(32), "00000000000000aa", null, "root", start, start, attributes, List.of());
        PostgresSpanStore.builder(source(WRITER)).clock(clock).build().write(List.of(span), soon());
        return span.traceId();
    }

    private static DataSource source(String role) {
        return DatabaseAddress.parse(database.url(role), null).dataSource();
    }

    private static int stored(String traceId) {
        return Integer.parseInt(database.value(
                READER, "select count(*) from deployment_trace_span where trace_id = '" + traceId + "'"));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}
