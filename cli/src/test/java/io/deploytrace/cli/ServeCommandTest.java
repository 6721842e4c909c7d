package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobTokens;
import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server in processes of its own. */
class ServeCommandTest {

    private static final String SECRET = "the secret that signs the tokens of these tests";
    private static final String BODY = """
            {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "%s", "spanId": "%s", "name": "build",
              "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": "1700000001000000000",
              "attributes": [{"key": "ctrlplane.workspace_id", "value": {"stringValue": "%s"}}]}]}]}]}
            """;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private String body(String url) {
        var created = TestProgram.create().run("workspace", "create", "shop", "--database-url", url);
        return BODY.formatted(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                created.out().strip());
    }

    private int export(String url, String authorization, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/v1/traces"))
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private int get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void embeddedDatabase_isSetUp_andLeftInOrder() throws Exception {
        try (var server = ServeProcess.start(directory, Map.of())) {
            assertThat(get(server.url() + "/health/ready")).isEqualTo(200);
            server.terminate();

            assertThat(server.exitCode()).isZero();
            assertThat(server.err()).endsWith("Stopping …\n").doesNotContain("WARN", "ERROR");
            assertThat(directory.resolve("deploytrace/data/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void firstStart_createsOneAdminKey_thatIsGoodForIngest() throws Exception {
        var url = TestDatabase.createMigrated();
        var file = directory.resolve("admin.key");
        var body = body(url);
        try (var first = ServeProcess.start(directory, Map.of("DEPLOYTRACE_AUTH", "required"), "--database-url", url);
                var second = again(first.url(), url, file)) {
            var key = first.out().strip().replace("Created the first admin key: ", "");
            assertThat(key).matches("dt_[a-z0-9]{8}_[A-Za-z0-9_-]{43}");
            assertThat(export(first.url(), "Bearer " + key, body)).isEqualTo(200);
            assertThat(export(second.url(), "Bearer " + key, body)).isEqualTo(200);
            assertThat(export(first.url(), "Bearer " + key + "x", body)).isEqualTo(401);
            assertThat(second.out()).isEmpty();
            assertThat(file).doesNotExist();
        }
    }

    private ServeProcess again(String firstIsReady, String url, Path file) throws IOException {
        assertThat(firstIsReady).startsWith("http://127.0.0.1:");
        return ServeProcess.start(
                directory,
                Map.of(),
                "--auth",
                "required",
                "--database-url",
                url,
                "--bootstrap-key-file",
                file.toString());
    }

    @Test
    void bootstrapKeyFile_isForItsOwnerAlone() throws Exception {
        var file = directory.resolve("admin.key");
        try (var server = ServeProcess.start(
                directory,
                Map.of("DEPLOYTRACE_BOOTSTRAP_KEY_FILE", file.toString()),
                "--auth",
                "required",
                "--database-url",
                TestDatabase.createMigrated())) {
            assertThat(server.url()).isNotEmpty();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file)).matches("dt_[a-z0-9]{8}_[A-Za-z0-9_-]{43}\n");
            assertThat(server.out() + server.err())
                    .doesNotContain(Files.readString(file).strip());
        }
    }

    @Test
    void requestInFlight_isAnsweredWhenTheServerIsToldToStop() throws Exception {
        var url = TestDatabase.createMigrated();
        var body = body(url);
        try (var server = ServeProcess.start(directory, Map.of(), "--database-url", url)) {
            var address = URI.create(server.url());
            try (var socket = new Socket(address.getHost(), address.getPort())) {
                var half = body.length() / 2;
                send(
                        socket,
                        "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body.substring(0, half));
                Await.until(() -> isInFlight(server.url()));
                server.terminate();
                Await.until(() -> server.err().contains("Stopping"));
                send(socket, body.substring(half));

                assertThat(read(socket.getInputStream()))
                        .startsWith("HTTP/1.1 200 OK")
                        .contains("inserted=1");
            }
            assertThat(server.exitCode()).isZero();
        }
    }

    private boolean isInFlight(String url) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
            return client.send(request, BodyHandlers.ofString())
                    .body()
                    .contains("\ndeploytrace_requests_in_flight 1.0");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String read(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void log_holdsNoSecret_whateverIsSent() throws Exception {
        var url = TestDatabase.createMigrated();
        var keys = JobTokens.ofKeys("k1:" + SECRET);
        var token = keys.issue(TestJobs.job());
        var spans = BODY.formatted("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", TestTrace.WORKSPACE);
        try (var server = ServeProcess.start(
                directory,
                Map.of("DEPLOYTRACE_TOKEN_SECRET", "k1:" + SECRET),
                "--auth",
                "required",
                "--database-url",
                url)) {
            var key = server.url().isEmpty() ? "" : server.out().strip().replaceAll(".* ", "");
            assertThat(export(server.url(), "Bearer " + token, spans)).isEqualTo(200);
            assertThat(export(server.url(), "Bearer " + token + "x", spans)).isEqualTo(401);
            assertThat(export(server.url(), "Bearer " + key, spans)).isEqualTo(200);
            assertThat(export(server.url(), "Bearer " + key + "x", "nonsense")).isEqualTo(401);
            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(server.err())
                    .contains("Listening on", "unknown_workspace")
                    .doesNotContain(SECRET, token.substring(0, 40), key, "password");
        }
    }

    @Test
    void wrongSettings_endWith2_andSayWhatToDo() throws IOException {
        assertUsage("--auth required", "--host", "0.0.0.0", "--auth", "none");
        assertUsage("--max-body-bytes must be 1024 to 1073741824, but is 5", "--max-body-bytes", "5");
        assertUsage("--tls-key", "--tls-certificate", "x.pem");
        assertUsage("must be readable, in PEM", "--tls-certificate", "x.pem", "--tls-key", "x.key");
        assertUsage("--port must be 0 to 65535", "--port", "70000");
        assertUsage("There is no host named nowhere.invalid", "--host", "nowhere.invalid");
    }

    private static void assertUsage(String message, String... options) {
        var arguments = new String[options.length + 1];
        arguments[0] = "serve";
        System.arraycopy(options, 0, arguments, 1, options.length);
        var result = TestProgram.create().run(arguments);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void databaseThatIsAway_endsWith3_andOneThatIsNotSetUp() throws Exception {
        assertThat(TestProgram.create()
                        .run("serve", "--database-url", "postgres://a:b@127.0.0.1:1/none")
                        .exitCode())
                .isEqualTo(3);
        var empty = TestProgram.create().run("serve", "--database-url", TestDatabase.createEmpty());
        assertThat(empty.exitCode()).isEqualTo(3);
        assertThat(empty.err()).contains("migrate");
    }

    @Test
    void portThatIsTaken_endsWith4_andIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var result =
                    TestProgram.create().run("serve", "--port", port, "--database-url", TestDatabase.createMigrated());

            assertThat(result.exitCode()).isEqualTo(4);
            assertThat(result.err())
                    .contains("deploytrace: The server can't listen on 127.0.0.1:" + port
                            + ": the address is taken. Choose another with --port.");
        }
    }
}
