package io.deploytrace.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program or a server that was killed leaves behind doesn't keep the next from working. */
class LeftoversTest {

    @RegisterExtension
    private final TestDirectory directory = TestDirectory.withDatabase();

    private void assertKept() throws Exception {
        try (var database = SharedDatabase.open(directory.path())) {
            assertKept(database);
        }
    }

    private static void assertKept(SharedDatabase database) throws Exception {
        assertThat(TestDirectory.query(database, "SELECT answer FROM kept")).isEqualTo("42");
    }

    @Test
    void killedServer_isStartedAgain() throws Exception {
        var database = SharedDatabase.open(directory.path());
        TestDirectory.execute(database, "UPDATE kept SET answer = 41; UPDATE kept SET answer = 42");
        TestDirectory.kill(directory.postmaster());
        database.close();

        assertKept();
    }

    @Test
    void killedServer_isStartedAgainForAProgramThatHasItOpen() throws Exception {
        try (var database = SharedDatabase.open(directory.path())) {
            TestDirectory.kill(directory.postmaster());

            try (var again = SharedDatabase.open(directory.path())) {
                assertKept(again);
                assertKept(database);
            }
        }
    }

    @Test
    void killedServer_whoseSessionsAreStillBusy_isStartedAgain() throws Exception {
        var database = SharedDatabase.open(directory.path());
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("BEGIN; UPDATE kept SET answer = 43");
            TestDirectory.kill(directory.postmaster());

            assertKept();
        } catch (java.sql.SQLException e) {
            // The connection that died with its server can't be closed in an orderly way.
        }
        database.close();
    }

    @Test
    void killedProgramAndServer_areStartedAgain() throws Exception {
        try (var client = Client.start(directory.path())) {
            client.port();
            client.kill();
            TestDirectory.kill(directory.postmaster());
        }

        assertKept();
    }

    @Test
    void processNumber_thatBelongsToAnotherProgramByNow_isNotBelieved() throws Exception {
        var note = "%d\n%s\n1700000000\n5432\n\n127.0.0.1\n  1234567         0\nready   \n"
                .formatted(
                        ProcessHandle.current().pid(),
                        directory.path().resolve("data").toRealPath());
        Files.writeString(directory.path().resolve("data/postmaster.pid"), note);

        var start = System.nanoTime();
        assertKept();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "123", "99999999999999999999\nx\ny\nz\n"})
    void processNote_thatIsDamaged_isNotBelieved(String note) throws Exception {
        Files.writeString(directory.path().resolve("data/postmaster.pid"), note);

        assertKept();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "port=5432\n", "port=1\npassword=wrong\n", "port=70000\npassword=x\n"})
    void connectionFile_thatIsDamagedOrStale_isMended(String content) throws Exception {
        Files.writeString(directory.path().resolve("connection.properties"), content);

        assertKept();
    }

    @Test
    void connectionFile_thatIsLostWhileAnOrphanRuns_isMended() throws Exception {
        try (var client = Client.start(directory.path())) {
            client.port();
            client.kill();
        }
        Files.delete(directory.path().resolve("connection.properties"));

        assertKept();
        assertKept();
    }

    @Test
    void halfMadeDatabase_isMadeAnew() throws Exception {
        Path data = directory.path().resolve("data");
        Files.move(data, directory.path().resolve("data.new"));
        Files.delete(directory.path().resolve("data.new/PG_VERSION"));

        try (var database = SharedDatabase.open(directory.path())) {
            assertThat(TestDirectory.query(database, "SELECT to_regclass('kept')"))
                    .isNull();
        }
    }

    @Test
    void directory_thatIsACopyOfARunningOne_getsAServerOfItsOwn() throws Exception {
        var copy = directory.path().resolveSibling("copy");
        try (var original = SharedDatabase.open(directory.path())) {
            TestDirectory.copy(directory.path(), copy);

            try (var database = SharedDatabase.open(copy)) {
                assertThat(database.port()).isNotEqualTo(original.port());
                assertKept(database);
                assertKept(original);
            }
        }
    }
}
