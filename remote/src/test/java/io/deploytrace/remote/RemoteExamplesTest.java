package io.deploytrace.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.buffer.SpoolSettings;
import io.deploytrace.remote.AnsweringServer.Answer;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Fixtures;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/remote.md. */
class RemoteExamplesTest {

    private static final String KEY = "dt_abcd1234_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final List<Span> trace = new Fixtures(1).single(UUID.randomUUID());

    @TempDir
    Path directory;

    // example: writer
    static SpanWriter writer(URI server, String key) {
        return RemoteSpanWriter.builder(server) // such as https://deploytrace.example.com:8090
                .key(key) // from the environment or a file, not from the code
                .build();
    }
    // end

    // example: buffered
    static BufferedSpanWriter buffered(SpanWriter remote, Path directory) {
        return BufferedSpanWriter.builder(remote)
                .spool(SpoolSettings.in(directory)) // a local disk that survives a restart
                .flushers(8) // as many requests at once
                .shutdownHook(true)
                .build();
    }
    // end

    // example: trust
    static SpanWriter trusting(URI server, String key, SSLContext context) {
        var client = HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return RemoteSpanWriter.builder(server).key(key).httpClient(client).build();
    }
    // end

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    @Test
    void writer_ofTheExample_writes() throws Exception {
        try (var server = AnsweringServer.start()) {
            assertThat(writer(server.uri(), KEY).write(trace, soon())).isEqualTo(new WriteResult(1, 0, 0));
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void buffered_ofTheExample_keepsWhatTheServerRefusesForNowAndSendsItLater() throws Exception {
        try (var server = AnsweringServer.start();
                var buffer = buffered(writer(server.uri(), KEY), directory)) {
            server.answer(Answer.protobuf(503, ByteString.EMPTY, Map.of()));

            assertThat(buffer.write(trace, Deadline.after(Duration.ofSeconds(2)))
                            .held())
                    .isEqualTo(1);

            server.answer(Answer.stored("inserted=1,updated=0,unchanged=0"));
            assertThat(buffer.flush(soon())).isTrue();
            assertThat(buffer.metrics().stored()).isEqualTo(1);
        }
    }

    @Test
    void trusting_ofTheExample_isAWriter() throws Exception {
        var server = URI.create("https://deploytrace.example.com:8090");

        assertThat(trusting(server, KEY, SSLContext.getDefault())).hasToString("RemoteSpanWriter[" + server + "]");
    }
}
