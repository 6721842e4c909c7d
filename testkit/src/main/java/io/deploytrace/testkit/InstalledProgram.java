package io.deploytrace.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of the machine that a test needs, such as PgBouncer. Where it isn't installed the test is skipped with a message that says
 * so, but fails if the environment variable {@code CI} is set. Immutable.
 */
public final class InstalledProgram {

    private static final Path DEBIAN_POSTGRES = Path.of("/usr/lib/postgresql");

    /** Who runs the programs that refuse to be run by root: Debian's packages of PostgreSQL and PgBouncer create it. */
    private static final String USER = "postgres";

    /** Below the ports that connections are given on their way out. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;

    private final Path path;

    private InstalledProgram(Path path) {
        this.path = path;
    }

    /** The program with this name on the {@code PATH}, among the system's or among Debian's of PostgreSQL. */
    public static InstalledProgram require(String name) {
        return directories()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(InstalledProgram::new)
                .orElseGet(() -> missing(name));
    }

    private static InstalledProgram missing(String name) {
        var message = "The program " + name + " isn't installed; .ci/run says what to install.";
        if (System.getenv("CI") != null) {
            return Assertions.fail(message);
        }
        Assumptions.abort(message);
        throw new IllegalStateException(message);
    }

    /** PostgreSQL's own come first: Debian's on the path are wrappers. */
    private static Stream<Path> directories() {
        var path = Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of);
        return Stream.concat(debianPostgres(), Stream.concat(path, Stream.of(Path.of("/usr/sbin"), Path.of("/sbin"))));
    }

    private static Stream<Path> debianPostgres() {
        try (var versions = Files.list(DEBIAN_POSTGRES)) {
            return versions
                    .sorted(Comparator.comparing((Path version) ->
                                    Double.valueOf(version.getFileName().toString()))
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException notInstalled) {
            return Stream.empty();
        }
    }

    /** A command that runs it with these arguments, and by another user if this one is root. */
    public List<String> command(String... arguments) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
        }
        command.addAll(plainCommand(arguments));
        return command;
    }

    /** A command that runs it with these arguments. */
    public List<String> plainCommand(String... arguments) {
        var command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A new directory that whoever runs the {@link #command} owns. */
    static Path directory(String prefix) throws IOException {
        var directory = Files.createTempDirectory(prefix);
        giveAway(directory);
        return directory;
    }

    /** Makes whoever runs the {@link #command} the owner of the file. */
    static void giveAway(Path file) throws IOException {
        if (isRoot()) {
            var users = file.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(file, users.lookupPrincipalByName(USER));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** A port of the loopback address that is free, and that no outgoing connection will be given. */
    public static int freePort() {
        var random = new Random();
        while (true) {
            var port = FIRST_PORT + random.nextInt(PORTS);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Then another.
            }
        }
    }
}
