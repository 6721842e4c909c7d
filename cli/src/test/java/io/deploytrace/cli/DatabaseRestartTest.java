package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is restarted while clients send to a server in a process of its own. */
class DatabaseRestartTest {

    private static final int RESTARTS = 2;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private String program(String databaseUrl, String... arguments) {
        var result = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", databaseUrl))
                .run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().strip();
    }

    private int status(String url) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> post(String url, String key) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/v1/traces"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString("{}"));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static void awaitAcknowledgements() {
        var enough = SendingClient.acknowledgedInAll() + 20;
        Await.until(() -> SendingClient.acknowledgedInAll() >= enough);
    }

    @Test
    void restart_costsRetriesAlone_andReadinessTurnsAndRecovers() throws Exception {
        var database = SharedDatabase.open(directory);
        var url = database.url();
        program(url, "migrate");
        var workspace = UUID.fromString(program(url, "workspace", "create", "acme"));
        var key = program(url, "key", "create", "--role", "write", "--workspace", "acme");
        try (var server = RunningServer.start(url, "--auth", "required")) {
            var clients = List.of(
                    new SendingClient(1, true, server.url(), key),
                    new SendingClient(2, false, server.url(), key),
                    new SendingClient(3, true, server.url(), key),
                    new SendingClient(4, false, server.url(), key));
            clients.forEach(Thread::start);
            for (var restart = 0; restart < RESTARTS; restart++) {
                awaitAcknowledgements();
                database.close();
                Await.until(() -> status(server.url() + "/health/ready") == 503);
                assertThat(status(server.url() + "/health/live")).isEqualTo(200);
                assertThat(Scrape.of(server.url()).samples()).isNotEmpty();
                var refused = post(server.url(), key);
                assertThat(refused.statusCode()).as(refused.body()).isIn(429, 503);
                assertThat(refused.headers().firstValue("retry-after")).isPresent();

                database = SharedDatabase.open(directory);
                assertThat(database.url()).isEqualTo(url);
                Await.until(() -> status(server.url() + "/health/ready") == 200);
            }
            awaitAcknowledgements();
            for (var sender : clients) {
                sender.finish();
            }
            StoredTraces.read(url, workspace).assertHold(clients);
            assertThat(server.said()).doesNotContain(" ERROR io.deploytrace.server");
        } finally {
            database.close();
        }
    }
}
