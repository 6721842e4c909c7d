package io.deploytrace.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedDatabaseTest {

    @RegisterExtension
    private final TestDirectory directory = TestDirectory.withDatabase();

    @Test
    void server_isDurable() throws SQLException {
        assertDurable();
    }

    private void assertDurable() throws SQLException {
        try (var database = SharedDatabase.open(directory.path())) {
            assertThat(settings(database, "fsync", "synchronous_commit", "full_page_writes", "data_checksums"))
                    .containsOnly("on");
        }
    }

    @Test
    void server_configuredOtherwise_isDurableAllTheSame() throws Exception {
        var configuration = directory.path().resolve("data/postgresql.auto.conf");
        Files.writeString(configuration, "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n");

        assertDurable();
    }

    @Test
    void server_listensOnTheLoopbackAddressAlone() throws SQLException {
        try (var database = SharedDatabase.open(directory.path())) {
            assertThat(settings(database, "listen_addresses", "unix_socket_directories"))
                    .containsExactly("127.0.0.1", "");
        }
    }

    private static List<String> settings(SharedDatabase database, String... names) throws SQLException {
        var values = new ArrayList<String>();
        for (var name : names) {
            values.add(TestDirectory.query(database, "SHOW " + name));
        }
        return values;
    }

    @Test
    void open_database_isReadableByItsOwnerAlone() throws Exception {
        try (var database = SharedDatabase.open(directory.path())) {
            assertThat(permissions("")).isEqualTo("rwx------");
            assertThat(permissions("data")).isEqualTo("rwx------");
            assertThat(permissions("connection.properties")).isEqualTo("rw-------");
            assertThat(permissions("clients.lock")).isEqualTo("rw-------");
            assertThat(permissions("start.lock")).isEqualTo("rw-------");
            assertThat(permissions("server.log")).isEqualTo("rw-------");
            assertThat(database.password()).hasSize(43);
        }
    }

    @Test
    void open_directoryThatOthersCouldRead_isMadePrivate() throws Exception {
        Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwxrwxrwx"));

        SharedDatabase.open(directory.path()).close();

        assertThat(permissions("")).isEqualTo("rwx------");
    }

    private String permissions(String name) throws Exception {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.path().resolve(name)));
    }

    @Test
    void connect_withoutThePassword_isRefused() {
        try (var database = SharedDatabase.open(directory.path())) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void connect_fromAnotherAddressOfThisMachine_isRefused() throws Exception {
        var address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(candidate -> candidate instanceof Inet4Address && !candidate.isLoopbackAddress())
                .findFirst();
        Assumptions.assumeTrue(address.isPresent(), "this machine has only the loopback address");

        try (var database = SharedDatabase.open(directory.path())) {
            assertThatThrownBy(() -> new Socket(address.get(), database.port()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void url_namesEverythingPsqlNeeds() throws Exception {
        try (var database = SharedDatabase.open(directory.path())) {
            assertThat(database.url())
                    .isEqualTo("postgres://deploytrace:" + database.password() + "@127.0.0.1:" + database.port()
                            + "/deploytrace");
            assertThat(database.toString()).doesNotContain(database.password());
        }
    }

    @Test
    void open_again_findsTheDataAndListensWhereItDid() throws Exception {
        int port;
        try (var database = SharedDatabase.open(directory.path())) {
            port = database.port();
            TestDirectory.execute(database, "CREATE TABLE more AS SELECT 43 AS answer");
        }
        assertThat(directory.postmaster()).isNull();

        try (var database = SharedDatabase.open(directory.path())) {
            assertThat(database.port()).isEqualTo(port);
            assertThat(TestDirectory.query(database, "SELECT answer FROM more")).isEqualTo("43");
        }
    }

    @Test
    void close_oneOfTwoInOneProcess_keepsTheServer() throws Exception {
        var first = SharedDatabase.open(directory.path());
        var second = SharedDatabase.open(directory.path().resolve("..").resolve("data directory"));
        assertThat(second.port()).isEqualTo(first.port());

        first.close();
        first.close();

        assertThat(TestDirectory.query(second, "SELECT 1")).isEqualTo("1");
        second.close();
        assertThat(directory.postmaster()).isNull();
    }

    @Test
    void open_whileATableIsInUse_doesNotWaitForIt() throws Exception {
        try (var database = SharedDatabase.open(directory.path());
                var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE busy (id int); BEGIN; LOCK TABLE busy");

            try (var second = SharedDatabase.open(directory.path())) {
                assertThat(second.port()).isEqualTo(database.port());
            }
        }
    }

    @Test
    void binaries_areUnpackedOnceAndPrivate() throws Exception {
        SharedDatabase.open(directory.path()).close();
        var programs = unpacked(directory.path());
        var before = Files.getLastModifiedTime(programs);

        SharedDatabase.open(directory.path()).close();

        assertThat(Files.getLastModifiedTime(programs)).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(programs.resolve("bin/postgres"))))
                .isEqualTo("rwx------");
    }

    private static Path unpacked(Path directory) throws Exception {
        try (var entries = Files.list(directory.resolve("binaries"))) {
            return entries.findFirst().orElseThrow();
        }
    }

    @Test
    void onExit_serverStops_completes() throws Exception {
        var database = SharedDatabase.open(directory.path());
        var exit = database.onExit();
        assertThat(exit).isNotDone();

        database.close();

        assertThat(exit).succeedsWithin(java.time.Duration.ofSeconds(30));
    }
}
