package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token is shown to no server but the one whose certificate is trusted. */
class EncryptionTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final List<UnsentSpan> ONE = Sending.spans(1);

    @TempDir
    static Path directory;

    private static SSLContext context;
    private static Path certificate;

    private Collector server;

    /** A certificate that no one signed, for {@code localhost} and not for {@code 127.0.0.1}. */
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
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        certificate = pem(store);
    }

    private static Path pem(KeyStore store) throws Exception {
        var encoded = store.getCertificate(store.aliases().nextElement()).getEncoded();
        return Files.writeString(
                directory.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(encoded)
                        + "\n-----END CERTIFICATE-----\n");
    }

    @BeforeEach
    void startServer() throws IOException {
        server = Collector.encrypted(context);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private Delivery send(String url, Map<String, String> variables) {
        return Sending.to(url, variables).send(ONE, Sending.PATIENCE);
    }

    private void assertAway(Delivery delivery, String url, String why) {
        assertThat(delivery)
                .isEqualTo(Delivery.failed(ONE, "the server at " + url + " can't be reached: " + why + ".", true));
        assertThat(server.received()).isEmpty();
    }

    private Delivery sendTrusting(Object file) {
        return send(server.url(), Map.of("DEPLOYTRACE_CA_FILE", file.toString()));
    }

    @Test
    void send_certificateOfTheFile_isTrusted() {
        assertThat(sendTrusting(certificate)).isEqualTo(new Delivery(ONE, 0, 0, null, false));
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void send_certificateThatNobodyKnows_isRefusedAndSaid() {
        var delivery = send(server.url(), Map.of());

        assertThat(delivery.problem())
                .startsWith("the server at " + server.url() + " can't be reached: its certificate isn't trusted (PKIX")
                .endsWith(
                        "). Use the host name that it was made for, and name a file with the certificate of who signed"
                                + " it in DEPLOYTRACE_CA_FILE.");
        assertThat(delivery.away()).isTrue();
        assertThat(server.received()).isEmpty();
    }

    @Test
    void send_certificateOfAnotherName_isRefusedAndSaid() {
        var url = "https://127.0.0.1:" + server.port();

        assertAway(
                send(url, Map.of("DEPLOYTRACE_CA_FILE", certificate.toString())),
                url,
                "its certificate isn't trusted (No subject alternative names matching IP address 127.0.0.1 found). Use"
                        + " the host name that it was made for, and name a file with the certificate of who signed it in"
                        + " DEPLOYTRACE_CA_FILE");
    }

    @Test
    void send_fileThatIsNotThere_isSaid() {
        var file = directory.resolve("missing.pem");

        assertAway(
                sendTrusting(file),
                server.url(),
                "the certificates of DEPLOYTRACE_CA_FILE (" + file + ") can't be read: there is no such file");
    }

    @Test
    void send_fileWithoutCertificates_isSaid() throws Exception {
        var file = Files.createFile(directory.resolve("empty.pem"));

        assertAway(
                sendTrusting(file),
                server.url(),
                "the certificates of DEPLOYTRACE_CA_FILE (" + file + ") can't be read: it holds no certificate in PEM");
    }

    @Test
    void send_fileOfSomethingElse_isSaid() throws Exception {
        var file = Files.writeString(directory.resolve("other.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");

        assertThat(sendTrusting(file).problem())
                .contains("the certificates of DEPLOYTRACE_CA_FILE (" + file + ") can't be read: ");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void send_httpsWhereNothingIsEncrypted_saysWhatToLookAt() throws Exception {
        try (var plain = RawServer.start(client -> RawServer.write(client, "HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            var url = "https://localhost:" + plain.port();

            assertThat(send(url, Map.of()).problem())
                    .startsWith("the server at " + url + " can't be reached: no encrypted connection (")
                    .endsWith("). See whether it speaks TLS there.");
        }
    }
}
