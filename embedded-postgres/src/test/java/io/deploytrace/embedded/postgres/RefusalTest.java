package io.deploytrace.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't work is refused with a message that says why and what to do. */
class RefusalTest {

    @RegisterExtension
    private final TestDirectory directory = TestDirectory.empty();

    private static void assertRefused(Path path, int port, String message) {
        assertThatThrownBy(() -> SharedDatabase.open(path, port))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessage(message);
    }

    @Test
    void open_fileInTheWay_isRefused() throws IOException {
        var file = Files.createFile(directory.path().resolveSibling("file"));

        assertRefused(
                file, 0, "The data directory " + file + " can't be used: " + file + " is a file, not a directory.");
    }

    @Test
    void open_directoryThatCannotBeMade_isRefused() {
        assertThatThrownBy(() -> SharedDatabase.open(Path.of("/proc/deploytrace")))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessage(
                        "The data directory /proc/deploytrace can't be used: /proc/deploytrace doesn't exist and can't be made.");
    }

    @Test
    void open_directoryThatHoldsOtherFiles_isRefusedAndUntouched() throws IOException {
        var home = Files.createDirectory(directory.path().resolveSibling("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(home.resolve("letter"));

        assertRefused(
                home,
                0,
                "The data directory " + home
                        + " can't be used: it holds letter, which is no part of a database; choose a"
                        + " directory that is empty or not there yet.");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwxr-xr-x");
        assertThat(home.toFile().list()).containsExactly("letter");
    }

    @Test
    void open_directoryOfAnotherUser_isRefused() throws IOException {
        Assumptions.assumeTrue(DataDirectory.userId() == 0, "only root can give a directory away");
        Files.setAttribute(directory.path(), "unix:uid", 1);

        assertRefused(
                directory.path(),
                0,
                "The data directory " + directory.path() + " can't be used: it belongs to the user "
                        + Files.getOwner(directory.path()).getName()
                        + ", and a database can be run by the owner of its data only.");

        Files.setAttribute(directory.path(), "unix:uid", 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a$b", "a`b", "a\\b", "a\nb"})
    void open_pathThatAShellWouldRead_isRefused(String name) {
        var path = directory.path().resolve(name);

        assertRefused(
                path,
                0,
                "The data directory " + path + " can't be used: its path must not contain \" $ ` \\ or a line break.");
        assertThat(path).doesNotExist();
    }

    @Test
    void open_dataOfAnotherMajorVersion_isRefusedAndUntouched() throws IOException {
        var data = Files.createDirectory(directory.path().resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "15\n");

        assertRefused(
                directory.path(),
                0,
                "The data in " + directory.path().toRealPath()
                        + " were written by PostgreSQL 15, and this program brings PostgreSQL 18. Choose another data"
                        + " directory, or move the data there with pg_dump and pg_restore.");
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve("PG_VERSION"));
        }
    }

    @Test
    void open_portThatIsTaken_isRefused() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertRefused(
                    directory.path(),
                    socket.getLocalPort(),
                    "Port " + socket.getLocalPort()
                            + " is taken by another program, or not yours to use: choose another.");
        }
    }

    @Test
    void open_portOfTheLastTimeIsTaken_choosesAnother() throws IOException {
        int port;
        try (var database = SharedDatabase.open(directory.path())) {
            port = database.port();
        }

        try (var socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                var database = SharedDatabase.open(directory.path())) {
            assertThat(database.port()).isNotEqualTo(socket.getLocalPort());
        }
    }

    @Test
    void open_anotherPortThanItRunsOn_isRefusedAndDisturbsNobody() throws Exception {
        try (var database = SharedDatabase.open(directory.path())) {
            var other = database.port() == 50_000 ? 50_001 : 50_000;

            assertRefused(
                    directory.path(),
                    other,
                    "The database in " + directory.path().toRealPath() + " is running already, on port "
                            + database.port() + ": it can't listen on port " + other + " as well.");
            assertThat(TestDirectory.query(database, "SELECT 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void open_portThatIsNone_isRefused(int port) {
        assertThatThrownBy(() -> SharedDatabase.open(directory.path(), port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be 0 to 65535, but is " + port);
    }
}
