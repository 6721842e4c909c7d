package io.deploytrace.cli;

import static io.deploytrace.cli.OperatedDatabase.OWNER;
import static io.deploytrace.cli.OperatedDatabase.READER;
import static io.deploytrace.cli.OperatedDatabase.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.PostgresCluster;
import java.net.URI;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dump that is made while clients send, restored into another cluster, by the programs of PostgreSQL and as the manual says. */
class BackupTest {

    private PostgresCluster cluster;
    private PostgresCluster other;
    private OperatedDatabase database;
    private UUID workspace;
    private String key;

    @BeforeEach
    void start() throws SQLException {
        cluster = PostgresCluster.start();
        other = PostgresCluster.start();
        database = OperatedDatabase.create(cluster.url("postgres"));
        workspace = database.createWorkspace("acme");
        key = database.createKey(workspace);
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (other != null) {
            other.close();
        }
    }

    @Test
    void dump_ofADatabaseUnderWriting_restoresAllThatWasAcknowledgedBefore() throws Exception {
        var revokedBefore = database.createKey(workspace);
        database.operate("key", "revoke", revokedBefore);
        List<SendingClient> before;
        List<SendingClient> during;
        try (var server = RunningServer.start(database.url(SERVER), "--auth", "required")) {
            before = send(server, key, 1);
            awaitAcknowledgements(100);
            finish(before);
            during = send(server, key, 2);
            awaitAcknowledgements(10);
            cluster.runShell(OperatingManual.block("sh", "backup"), variables(database));
            awaitAcknowledgements(10);
            finish(during);
        }
        Files.copy(
                cluster.directory().resolve("deploytrace.dump"),
                other.directory().resolve("deploytrace.dump"));

        var restored = new OperatedDatabase(other.url("postgres"));
        restored.createEmpty();
        other.runShell(OperatingManual.block("sh", "restore"), variables(restored));

        assertHolds(restored, before, during);
        assertThat(restored.run(READER, "migrate", "--check").exitCode()).isZero();
        assertThat(restored.operate("reindex", "--all")).isEqualTo("Rebuilt 0 summaries.");
        assertServes(restored, revokedBefore);
    }

    private static Map<String, String> variables(OperatedDatabase database) {
        var url = URI.create(database.url(OWNER));
        return Map.of(
                "PGHOST", url.getHost(),
                "PGPORT", Integer.toString(url.getPort()),
                "PGUSER", OWNER,
                "PGPASSWORD", url.getUserInfo().substring(OWNER.length() + 1));
    }

    private static List<SendingClient> send(RunningServer server, String key, long seed) {
        var clients = List.of(
                new SendingClient(seed, true, server.url(), key), new SendingClient(-seed, false, server.url(), key));
        clients.forEach(Thread::start);
        return clients;
    }

    private static void finish(List<SendingClient> clients) throws InterruptedException {
        for (var client : clients) {
            client.finish();
        }
    }

    private static void awaitAcknowledgements(int more) {
        var enough = SendingClient.acknowledgedInAll() + more;
        Await.until(() -> SendingClient.acknowledgedInAll() >= enough);
    }

    /** All of those before; of those that were sent meanwhile some, and each of these whole. */
    private void assertHolds(OperatedDatabase restored, List<SendingClient> before, List<SendingClient> during)
            throws SQLException {
        var stored = StoredTraces.read(restored.url(READER), workspace);
        var meanwhile = 0;
        for (var client : during) {
            meanwhile += stored.removeWhole(client.acknowledged()) + stored.removeWhole(client.unanswered());
        }
        assertThat(meanwhile).isGreaterThanOrEqualTo(10);
        stored.assertHold(before);
    }

    /** Keys are as they were; the server's role may do what it may. */
    private void assertServes(OperatedDatabase restored, String revoked) throws Exception {
        try (var server = RunningServer.start(restored.url(SERVER), "--auth", "required")) {
            var clients = send(server, key, 3);
            awaitAcknowledgements(10);
            finish(clients);
            var refused = new SendingClient(4, false, server.url(), revoked);
            refused.start();
            awaitRefusal(server);
            refused.finish();
            assertThat(refused.acknowledged()).isEmpty();
            assertThat(server.said()).doesNotContain("permission");
        }
    }

    private static void awaitRefusal(RunningServer server) {
        Await.until(() -> metric(server, "status=\"401\""));
    }

    private static boolean metric(RunningServer server, String text) {
        try (var stream = URI.create(server.url() + "/metrics").toURL().openStream()) {
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).contains(text);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
