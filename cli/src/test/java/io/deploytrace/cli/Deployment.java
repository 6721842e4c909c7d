package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files in {@code deploy/}, and what the tests of each hold against the program. */
final class Deployment {

    /** Read without being an option. */
    private static final Set<String> FURTHER_VARIABLES =
            Set.of("DEPLOYTRACE_TOKEN_SECRET", "DEPLOYTRACE_TOKEN_SECRET_FILE", "PGPASSWORD");

    private Deployment() {}

    static String file(String name) {
        try {
            return Files.readString(Path.of("..", "deploy", name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Fails unless the command reads each of these environment variables. */
    static void assertReads(String command, Set<String> variables) {
        var known = new HashSet<>(FURTHER_VARIABLES);
        Program.commandLine(TestProgram.environment(java.util.Map.of()))
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .options()
                .forEach(option -> known.add(EnvironmentDefaults.variable(option)));
        assertThat(known).containsAll(variables);
    }

    /** What follows {@code -jar FILE} in a command line. */
    static List<String> arguments(List<String> commandLine) {
        var jar = commandLine.indexOf("-jar");
        assertThat(commandLine.get(jar + 1)).isEqualTo("/opt/deploytrace/deploytrace.jar");
        return commandLine.subList(jar + 2, commandLine.size());
    }

    /** The status of an answer. */
    static int status(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
