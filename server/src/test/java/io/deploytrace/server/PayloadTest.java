package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobReference;
import io.deploytrace.server.OtlpSender.Protocol;
import io.deploytrace.server.ingest.OtlpJson;
import io.deploytrace.store.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests as collectors, SDKs and people write them, and the rows that they make: the file {@code NAME.json} makes those of
 * {@code NAME.key.rows} when it comes with a key, and those of {@code NAME.token.rows} when it comes with a job token. With {@code
 * -Dgolden.write=true} the rows are written instead, to be read before they are committed.
 */
class PayloadTest {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "payloads");
    private static final UUID WORKSPACE = UUID.fromString("0193a4c0-0000-7000-8000-000000000001");
    private static final JobReference JOB = Installation.job(WORKSPACE, "0193a4c0123400000000000000000001", "job-1");

    private static final String ROWS = """
            SELECT jsonb_pretty(jsonb_strip_nulls(to_jsonb(span) - '{id,created_at,start_time,end_time}'::text[])
                || jsonb_build_object(
                     'start_time', to_char(start_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                     'end_time', to_char(end_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
            FROM deployment_trace_span span
            ORDER BY attributes->>'otel.trace_id', trace_id, span_id
            """;

    private static Installation installation;
    private static OtlpSender sender;
    private static String key;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start();
        sender = new OtlpSender(installation.port());
        key = installation.key(Role.WRITE, installation.workspace(WORKSPACE));
        token = Installation.TOKENS
                .withClock(() -> Instant.parse("2026-11-22T23:30:00Z"))
                .withLifetime(Duration.ofDays(100 * 365))
                .issue(JOB);
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    @AfterEach
    void forgetSpans() throws SQLException {
        installation.query("WITH gone AS (DELETE FROM deployment_trace_span RETURNING id) SELECT count(*) FROM gone");
        installation.query("WITH gone AS (DELETE FROM deployment_trace RETURNING trace_id) SELECT count(*) FROM gone");
    }

    static List<Arguments> payloads() throws IOException {
        try (var files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .flatMap(name -> Stream.of(Arguments.of(name, "key"), Arguments.of(name, "token")))
                    .toList();
        }
    }

    private static byte[] body(String name) throws IOException {
        return Files.readAllBytes(DIRECTORY.resolve(name + ".json"));
    }

    private static String credential(String kind) {
        return kind.equals("key") ? key : token;
    }

    @ParameterizedTest(name = "{0} with a {1}")
    @MethodSource("payloads")
    void payload_asJson_makesItsRows(String name, String credential) throws Exception {
        var answer = sender.sendJson(credential(credential), body(name));

        assertThat(answer.status().code()).as(answer.contentUtf8()).isEqualTo(200);
        assertThat(answer.contentUtf8()).doesNotContain("rejected");
        assertRows(name, credential);
    }

    @ParameterizedTest(name = "{0} with a {1}")
    @MethodSource("payloads")
    void payload_inProtobuf_makesTheSameRows(String name, String credential) throws Exception {
        var request = OtlpJson.parse(body(name));

        for (var protocol : Protocol.values()) {
            var answer = sender.send(protocol, credential(credential), request);

            assertThat(answer.code()).as(answer.everything()).isZero();
            assertThat(answer.rejected()).as(answer.message()).isZero();
            assertRows(name, credential);
            forgetSpans();
        }
    }

    private static void assertRows(String name, String credential) throws Exception {
        var file = DIRECTORY.resolve(name + "." + credential + ".rows");
        var rows = String.join("\n", installation.query(ROWS)) + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, rows);
        }
        assertThat(rows).isEqualTo(Files.readString(file));
    }
}
