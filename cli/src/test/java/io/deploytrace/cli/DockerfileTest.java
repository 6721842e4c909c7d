package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The container starts the program as it is, and looks after it with a command that can tell. */
class DockerfileTest {

    private static final String FILE = Deployment.file("Dockerfile").replace("\\\n", "");

    @TempDir
    Path directory;

    /** All arguments of an instruction, by the stage that becomes the image. */
    private static List<String> values(String instruction) {
        return FILE.substring(FILE.lastIndexOf("\nFROM "))
                .lines()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1).strip())
                .toList();
    }

    /** An instruction in the form of JSON, which is also YAML. */
    private static List<String> words(String text) {
        return new Yaml().load(text);
    }

    private static Map<String, String> variables() {
        var variables = new HashMap<String, String>();
        values("ENV").forEach(line -> variables.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        return variables;
    }

    @Test
    void image_itsCommandAndVariables_startAServerThatIsHealthyUntilItEnds() throws Exception {
        Deployment.assertReads("serve", variables().keySet());
        assertThat(Deployment.arguments(words(values("ENTRYPOINT").get(0)))).isEmpty();
        assertThat(words(values("CMD").get(0))).containsExactly("serve");
        var variables = variables();
        variables.put("DEPLOYTRACE_DATABASE_URL", TestDatabase.createMigrated());
        var port = 0;

        try (var server = ServeProcess.start(directory, variables)) {
            port = URI.create(server.url()).getPort();
            assertThat(server.url()).startsWith("http://0.0.0.0:");
            assertThat(health(port)).isZero();
        }
        assertThat(health(port)).isNotZero();
    }

    private static int health(int port) throws Exception {
        var check = values("HEALTHCHECK").get(0);
        var builder = new ProcessBuilder(words(check.substring(check.indexOf("CMD ") + 4)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DEPLOYTRACE_LISTEN_PORT", Integer.toString(port));
        return builder.start().waitFor();
    }

    @Test
    void image_exposesTheDefaultPort_andDoesNotRunAsRoot() {
        var port = Program.commandLine(TestProgram.environment(Map.of()))
                .getSubcommands()
                .get("serve")
                .getCommandSpec()
                .findOption("--port")
                .defaultValue();
        assertThat(values("EXPOSE")).containsExactly(port);
        assertThat(FILE).contains("${DEPLOYTRACE_LISTEN_PORT:-" + port + "}");
        assertThat(values("USER")).singleElement().asString().matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
    }

    /** What the build takes along is what packaging makes. */
    @Test
    void image_takesTheProgramFromWhereMavenPutsIt() throws Exception {
        var pom = java.nio.file.Files.readString(Path.of("pom.xml"));
        assertThat(pom).contains("<finalName>deploytrace</finalName>", "${project.build.directory}/lib");
        assertThat(values("COPY"))
                .containsExactly(
                        "--from=build /src/cli/target/deploytrace.jar /opt/deploytrace/",
                        "--from=build /src/cli/target/lib /opt/deploytrace/lib/");
    }
}
