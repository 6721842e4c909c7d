package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that runs in a process of its own says to its log. */
class ServerLogTest {

    private static final String SECRET = "the secret that signs the tokens of these tests";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = """
            {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "0af7651916cd43dd8448eb211c80319c",
              "spanId": "b7ad6b7169203331", "name": "build", "startTimeUnixNano": "1700000000000000000"}]}]}]}
            """;

    private static final String DEFECT = """
            CREATE FUNCTION defect() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a defect'; END $$;
            CREATE TRIGGER defect BEFORE INSERT ON deployment_trace_span EXECUTE FUNCTION defect();
            """;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private ServeProcess start(String databaseUrl, String format) throws IOException {
        return ServeProcess.start(
                directory,
                Map.of("DEPLOYTRACE_TOKEN_SECRET", "k1:" + SECRET),
                "--auth",
                "required",
                "--database-url",
                databaseUrl,
                "--log-format",
                format);
    }

    private int post(String url, String credential, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/v1/traces"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + credential)
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .POST(BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private static void execute(String databaseUrl, String sql) throws SQLException {
        var address = DatabaseAddress.parse(databaseUrl, null);
        try (var connection = address.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Map<String, String>> records(ServeProcess server) throws IOException {
        var records = new ArrayList<Map<String, String>>();
        for (var line : server.err().lines().toList()) {
            records.add(parse(line));
        }
        return records;
    }

    private static Map<String, String> parse(String line) throws IOException {
        var record = new LinkedHashMap<String, String>();
        try (var parser = new JsonFactory().createParser(line)) {
            assertThat(parser.nextToken()).as(line).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                record.put(name, parser.getText());
            }
            assertThat(parser.nextToken()).as(line).isNull();
        }
        return record;
    }

    @Test
    void json_isAnObjectALine_withTheTraceOfTheRequest() throws Exception {
        var url = TestDatabase.createMigrated();
        try (var server = start(url, "json")) {
            Await.until(() -> server.err().contains("Listening on"));
            var address = server.url().replace("\"}", "").replaceAll("\".*", "");
            var key = server.out().strip().replaceAll(".* ", "");
            execute(url, DEFECT);
            assertThat(post(address, key, spanOf(url))).isEqualTo(500);
            server.terminate();
            assertThat(server.exitCode()).isZero();

            var records = records(server);
            assertThat(records).extracting(record -> record.get("message")).contains("Stopping …");
            assertThat(records).allSatisfy(record -> {
                assertThat(record).containsKeys("time", "level", "logger", "message");
                assertThat(record.get("time")).matches("2.*Z");
            });
            assertThat(records)
                    .filteredOn(record -> record.get("message").startsWith("Spans could not be stored"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record).containsEntry("level", "ERROR").containsEntry("traceId", TRACE);
                        assertThat(record.get("spanId")).matches("[0-9a-f]{16}");
                    });
        }
    }

    private static String spanOf(String url) {
        var created = TestProgram.create().run("workspace", "create", "shop", "--database-url", url);
        return SPAN.replace(
                "\"name\": \"build\"",
                "\"name\": \"build\", \"attributes\": [{\"key\": \"ctrlplane.workspace_id\", \"value\": {\"stringValue\": \""
                        + created.out().strip() + "\"}}]");
    }

    @Test
    void log_holdsNoSecret_whateverFails() throws Exception {
        for (var format : List.of("text", "json")) {
            var url = TestDatabase.createMigrated();
            var password = TestDatabase.server().password();
            var token = JobTokens.ofKeys("k1:" + SECRET).issue(TestJobs.job());
            try (var server = start(url, format)) {
                Await.until(() -> server.err().contains("Listening on"));
                var address = server.url().replaceAll("\".*", "");
                var key = server.out().strip().replaceAll(".* ", "");
                failInEveryWay(url, address, List.of(key, token, key + "x", token + "x"));
                server.terminate();
                assertThat(server.exitCode()).isZero();

                assertThat(server.err())
                        .contains("unknown_workspace", "ERROR", TRACE)
                        .doesNotContain(SECRET, token.substring(token.lastIndexOf('.')), token, key, password)
                        .doesNotContain(key.substring(12));
            }
        }
    }

    /** Refused, malformed, rejected, and then with a database that has a defect, lost a table, and is gone. */
    private void failInEveryWay(String databaseUrl, String address, List<String> credentials) throws Exception {
        for (var credential : credentials) {
            for (var body : List.of(SPAN, "nonsense " + credential, "{\"a\": \"" + credential + "\"}")) {
                assertThat(post(address, credential, body)).isIn(200, 400, 401);
            }
        }
        execute(databaseUrl, DEFECT);
        for (var credential : credentials) {
            assertThat(post(address, credential, spanOf(databaseUrl))).isIn(200, 401, 500);
        }
        execute(databaseUrl, "ALTER TABLE deployment_trace_key RENAME TO gone_too");
        for (var credential : credentials) {
            assertThat(post(address, credential, SPAN)).isIn(200, 401, 500, 503);
        }
        drop(databaseUrl);
        for (var credential : credentials) {
            assertThat(post(address, credential, SPAN)).isIn(401, 500, 503);
        }
    }

    private static void drop(String databaseUrl) throws SQLException {
        var server = TestDatabase.server();
        var name = databaseUrl.substring(databaseUrl.lastIndexOf('/') + 1);
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
