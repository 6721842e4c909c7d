package io.deploytrace.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.RawServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key is shown to no server but the one whose certificate is trusted. */
class EncryptionTest {

    private static final String KEY = "dt_abcd1234_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path directory;

    private static SSLContext context;

    private final List<Span> trace = new Fixtures(1).single(UUID.randomUUID());

    /** A certificate that no one signed, for {@code localhost} and not for {@code 127.0.0.1}; it trusts itself. */
    @BeforeAll
    static void makeCertificate() throws Exception {
        var file = directory.resolve("server.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (var input = Files.newInputStream(file)) {
            store.load(input, PASSWORD);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    private static HttpClient trusting() {
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private SpanStoreException failure(RemoteSpanWriterBuilder builder) {
        var failure = catchThrowableOfType(
                SpanStoreException.class,
                () -> builder.key(KEY).build().write(trace, Deadline.after(Duration.ofMinutes(1))));
        assertThat(failure).as("the call succeeded").isNotNull();
        var printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).doesNotContain(KEY);
        return failure;
    }

    @Test
    void write_serverThatIsTrusted_isWrittenTo() throws Exception {
        try (var server = AnsweringServer.encrypted(context)) {
            var writer = RemoteSpanWriter.builder(URI.create("https://localhost:" + server.port()))
                    .httpClient(trusting())
                    .key(KEY)
                    .build();

            assertThat(writer.write(trace, Deadline.after(Duration.ofMinutes(1))))
                    .isEqualTo(new WriteResult(1, 0, 0));
            assertThat(server.received().get(0).header("Authorization")).isEqualTo("Bearer " + KEY);
        }
    }

    @Test
    void write_certificateThatIsNotTrusted_needsSettingRight() throws Exception {
        try (var server = AnsweringServer.encrypted(context)) {
            var uri = URI.create("https://localhost:" + server.port());

            var failure = failure(RemoteSpanWriter.builder(uri));

            assertUntrusted(failure, uri);
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void write_certificateOfAnotherName_needsSettingRight() throws Exception {
        try (var server = AnsweringServer.encrypted(context)) {
            var uri = URI.create("https://127.0.0.1:" + server.port());

            var failure = failure(RemoteSpanWriter.builder(uri).httpClient(trusting()));

            assertUntrusted(failure, uri);
            assertThat(failure).hasMessageContaining("127.0.0.1 found");
            assertThat(server.received()).isEmpty();
        }
    }

    private static void assertUntrusted(SpanStoreException failure, URI uri) {
        assertThat(failure.reason()).isEqualTo(Reason.NOT_READY);
        assertThat(failure)
                .hasMessageStartingWith("The certificate of the server at " + uri + " isn't trusted: ")
                .hasMessageEndingWith("Use the host name that it was made for, and give the writer an HttpClient whose"
                        + " SSLContext trusts who signed it. Nothing was written.");
    }

    @Test
    void write_httpsWhereNothingIsEncrypted_saysWhatToLookAt() throws Exception {
        try (var server = RawServer.start(client -> RawServer.write(client, "HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            var uri = URI.create("https://127.0.0.1:" + server.uri().getPort());

            var failure = failure(RemoteSpanWriter.builder(uri));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure)
                    .hasMessageStartingWith("No encrypted connection to the server at " + uri)
                    .hasMessageContaining("see whether the server speaks TLS there");
        }
    }
}
