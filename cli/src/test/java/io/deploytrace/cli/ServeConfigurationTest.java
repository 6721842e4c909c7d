package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of a server, as {@code --check-config} tells them. */
class ServeConfigurationTest {

    private static final String SECRET = "tests:a secret of more than 32 bytes for tests alone";

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("deploytrace.properties");
    }

    private TestProgram.Result check(String text, Map<String, String> variables, String... flags) throws IOException {
        Files.writeString(file, text);
        var arguments = new ArrayList<>(List.of("serve", "--config", file.toString(), "--check-config"));
        arguments.addAll(List.of(flags));
        return TestProgram.create().variables(variables).run(arguments.toArray(String[]::new));
    }

    private static String row(TestProgram.Result result, String setting) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out()
                .lines()
                .filter(line -> line.startsWith(setting + " "))
                .map(line -> line.replaceAll(" {2,}", "|"))
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(String text, String message) throws IOException {
        var result = check(text, Map.of("HOME", directory.toString()));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(message).doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void flag_winsOverTheEnvironment_whichWinsOverTheFile_whichWinsOverTheDefault() throws IOException {
        var result = check(
                "port = 1\nmax-body-bytes = 2000\nidle-timeout = 2m\n",
                Map.of("DEPLOYTRACE_LISTEN_PORT", "2", "DEPLOYTRACE_MAX_BODY_BYTES", "3000", "HOME", "/home/me"),
                "--port",
                "3");

        assertThat(row(result, "port")).isEqualTo("port|3|flag");
        assertThat(row(result, "max-body-bytes"))
                .isEqualTo("max-body-bytes|3000|the environment variable DEPLOYTRACE_MAX_BODY_BYTES");
        assertThat(row(result, "idle-timeout")).isEqualTo("idle-timeout|2m|" + file + ", line 3");
        assertThat(row(result, "request-timeout")).isEqualTo("request-timeout|30s|default");
        assertThat(row(result, "data-dir")).isEqualTo("data-dir|/home/me/.local/share/deploytrace|default");
    }

    @Test
    void file_isNamedByTheEnvironmentToo() throws IOException {
        Files.writeString(file, "port = 7");
        var result = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_CONFIG", file.toString(), "HOME", "/home/me"))
                .run("serve", "--check-config");

        assertThat(row(result, "port")).isEqualTo("port|7|" + file + ", line 1");
    }

    @Test
    void report_tellsEachSetting_andNoSecret() throws IOException {
        var result = check(
                "database-url = postgres://me:pa55word@db/traces?sslpassword=pa55word\nhost = 127.0.0.1\n",
                Map.of("DEPLOYTRACE_TOKEN_SECRET", SECRET));

        assertThat(row(result, "database-url")).isEqualTo("database-url|postgres://me@db/traces|" + file + ", line 1");
        assertThat(row(result, "auth")).isEqualTo("auth|none|default");
        assertThat(row(result, "token secret"))
                .isEqualTo("token secret|set|the environment variable DEPLOYTRACE_TOKEN_SECRET");
        assertThat(result.out() + result.err()).doesNotContain("pa55word", "a secret of");
        var serve = Program.commandLine(TestProgram.environment(Map.of()))
                .getSubcommands()
                .get("serve");
        assertThat(result.out().lines().map(line -> "--" + line.replaceFirst(" .*", "")))
                .containsAll(ServeConfiguration.settings(serve.getCommandSpec()).stream()
                        .map(option -> option.longestName())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "max-body-byte, max-body-bytes",
        "max_body_bytes, max-body-bytes",
        "requesttimeout, request-timeout",
        "--port, port",
        "database-uri, database-url",
        "prot, port"
    })
    void keyThatIsNoSetting_isRefused_withTheOneThatWasMeant(String key, String meant) throws IOException {
        assertRefused("\n" + key + " = 1", file + ", line 2: " + key + " isn't a setting. Did you mean " + meant + "?");
    }

    @Test
    void keyLikeNoSetting_isRefused_withThoseThereAre() throws IOException {
        assertRefused("xyzzy = 1", "xyzzy isn't a setting. The settings are host, port, ");
        assertRefused("config = other.properties", "config isn't a setting.");
    }

    @Test
    void valueThatIsNotAllowed_isRefused_withWhatIsAndItsLine() throws IOException {
        assertRefused("port = abc", "'abc' is not a whole number. --port is set by " + file + ", line 1.");
        assertRefused("\nauth = maybe", "expected one of [none, required]");
        assertRefused(
                "max-body-bytes = 5",
                "--max-body-bytes must be 1024 to 1073741824, but is 5. --max-body-bytes is set by " + file);
        assertRefused("max-requests-in-flight = 9999999999", "is more than 2147483647");
        assertRefused("request-timeout = 5", "write a number and a unit");
        assertRefused("tls-key = x", "TLS needs both --tls-certificate and --tls-key. --tls-key is set by " + file);
        assertRefused("database-url = foo", "isn't the URL of a PostgreSQL database");
        assertRefused("data-dir = /x\ndatabase-url = postgres://a@b/c", "Give one of the two.");
    }

    @Test
    void wrongValueInTheEnvironment_isRefused_withItsVariable() {
        var result = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_LISTEN_PORT", "x"))
                .run("serve");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("'x' is not a whole number. --port is set by the environment variable"
                        + " DEPLOYTRACE_LISTEN_PORT.");
    }

    @Test
    void embeddedDatabaseOfTheEnvironment_winsOverADatabaseOfTheFile() throws IOException {
        var result = check("database-url = postgres://a@b/c", Map.of("DEPLOYTRACE_DATA_DIR", "/traces"));

        assertThat(row(result, "database-url")).contains("|-|");
        assertThat(row(result, "data-dir")).contains("|/traces|");
    }

    @Test
    void help_isShown_evenIfTheFileIsNotThere() {
        var result = TestProgram.create().run("serve", "--config", file.toString(), "--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("--max-body-bytes");
    }
}
