package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.TlsKeyPair;
import io.deploytrace.store.InMemorySpanStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @Test
    void serverWithACertificate_speaksTlsAlone_overBothProtocols(@TempDir Path directory) throws Exception {
        var pair = TlsKeyPair.ofSelfSigned("localhost");
        var certificate = pair.certificateChain().get(0);
        var certificateFile = pem(directory.resolve("server.pem"), "CERTIFICATE", certificate.getEncoded());
        var keyFile = pem(
                directory.resolve("server.key"),
                "PRIVATE KEY",
                pair.privateKey().getEncoded());
        try (var server = TestServer.start(settings -> settings.tls(certificateFile, keyFile));
                var factory = ClientFactory.builder()
                        .tlsCustomizer(tls -> tls.trustManager(certificate))
                        .build()) {
            assertThat(server.server.url()).startsWith("https://127.0.0.1:");
            for (var protocol : new String[] {"h1", "h2"}) {
                var client = WebClient.builder(protocol + "://localhost:" + server.port())
                        .factory(factory)
                        .build();
                assertThat(Otlp.export(client, Otlp.http()).status().code()).isEqualTo(200);
                assertThat(Otlp.grpcStatus(Otlp.export(client, Otlp.grpc()))).isEqualTo("0");
            }
            assertPlainTextIsRefused(server);
        }
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        var base64 = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    private static void assertPlainTextIsRefused(TestServer server) throws IOException {
        try (var client = new RawConnection(server.port())) {
            client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.rest()).doesNotContain("HTTP");
        }
    }

    @Test
    void filesThatCannotBeUsed_areNamed(@TempDir Path directory) throws IOException {
        var certificate = Files.writeString(directory.resolve("server.pem"), "not a certificate");
        var missing = directory.resolve("server.key");
        var settings = DeploytraceServer.builder(new InMemorySpanStore()).tls(certificate, missing);

        assertThatThrownBy(settings::check)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(certificate.toString())
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("PEM");
    }
}
