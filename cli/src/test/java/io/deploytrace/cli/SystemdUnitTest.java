package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.TlsKeyPair;
import io.deploytrace.testkit.InstalledProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd unit starts the program as it is, with the settings that lie beside it. */
class SystemdUnitTest {

    private static final String UNIT = Deployment.file("deploytrace.service");

    @TempDir
    Path directory;

    @BeforeEach
    void requireManual() {
        assertThat(OperatingManual.text()).contains("deploy/deploytrace.service", "deploy/deploytrace.properties");
    }

    /** All values of a directive. */
    private static List<String> values(String name) {
        return UNIT.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    private static String value(String name) {
        assertThat(values(name)).as(name).hasSize(1);
        return values(name).get(0);
    }

    /** What systemd makes of the variables. */
    private Map<String, String> variables() {
        var variables = new HashMap<String, String>();
        for (var assignment : values("Environment")) {
            var equals = assignment.indexOf('=');
            variables.put(
                    assignment.substring(0, equals),
                    assignment.substring(equals + 1).replace("%d", directory.toString()));
        }
        return variables;
    }

    @Test
    void unit_itsCommandAndFiles_startAServerWithTls() throws Exception {
        Deployment.assertReads("serve", variables().keySet());
        var credentials = Map.of(
                "deploytrace.properties",
                properties(),
                "token-secret",
                RunningServer.TOKEN_SECRET,
                "server.pem",
                "",
                "server.key",
                "");
        assertThat(values("LoadCredential"))
                .containsExactlyInAnyOrderElementsOf(credentials.keySet().stream()
                        .map(name -> name + ":/etc/deploytrace/" + name)
                        .toList());
        for (var credential : credentials.entrySet()) {
            Files.writeString(directory.resolve(credential.getKey()), credential.getValue());
        }
        writeCertificate();
        var arguments = Deployment.arguments(List.of(value("ExecStart").split(" ", -1)));
        assertThat(arguments).containsExactly("serve");

        try (var server = ServeProcess.start(directory, variables())) {
            assertThat(server.url()).startsWith("https://");
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
    }

    /** As they lie beside the unit, but for where the database is. */
    private static String properties() throws Exception {
        var text = Deployment.file("deploytrace.properties");
        var settings = new Properties();
        settings.load(new java.io.StringReader(text));
        assertThat(settings.getProperty("database-url"))
                .startsWith("postgres://deploytrace_server:PASSWORD@")
                .contains("?sslmode=verify-full&sslrootcert=");
        OperatedDatabase.shared().createKey(OperatedDatabase.shared().createWorkspace("unit"));
        return text.replace(
                settings.getProperty("database-url"), OperatedDatabase.shared().url(OperatedDatabase.SERVER));
    }

    private void writeCertificate() throws Exception {
        var pair = TlsKeyPair.ofSelfSigned();
        writePem("server.pem", "CERTIFICATE", pair.certificateChain().get(0).getEncoded());
        writePem("server.key", "PRIVATE KEY", pair.privateKey().getEncoded());
    }

    private void writePem(String name, String type, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(
                directory.resolve(name), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    @Test
    void unit_wrongSetting_isNotStartedAgain() {
        assertThat(value("RestartPreventExitStatus")).isEqualTo(Integer.toString(ExitCode.USAGE));
    }

    @Test
    void unit_stop_waitsLongerThanTheServer() {
        assertThat(Duration.ofSeconds(Long.parseLong(value("TimeoutStopSec"))))
                .isGreaterThan(io.deploytrace.server.ServerLimits.DEFAULTS
                        .shutdownTimeout()
                        .plusSeconds(10));
    }

    /** The unit that is verified differs in the path of Java alone, which must be there. */
    @Test
    void unit_systemd_findsNothingWrong() throws Exception {
        var verify = InstalledProgram.require("systemd-analyze");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var unit = directory.resolve("deploytrace.service");
        Files.writeString(unit, UNIT.replace("/usr/bin/java", java));
        var output = directory.resolve("output");
        var command = verify.plainCommand("verify", unit.toString());

        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).doesNotContain("deploytrace.service");
    }
}
