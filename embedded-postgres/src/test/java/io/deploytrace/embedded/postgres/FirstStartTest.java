package io.deploytrace.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirstStartTest {

    @RegisterExtension
    private final TestDirectory directory = TestDirectory.empty();

    @Test
    void open_missingDirectory_makesADatabaseForItsOwnerAlone() throws Exception {
        Files.delete(directory.path().resolve("binaries"));
        Files.delete(directory.path());

        try (var database = SharedDatabase.open(directory.path())) {
            assertThat(TestDirectory.query(database, "SELECT current_database()"))
                    .isEqualTo("deploytrace");
            assertThat(TestDirectory.query(database, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(TestDirectory.query(
                            database, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
            assertThat(database.password()).hasSize(43);
        }

        assertThat(permissions("")).isEqualTo("rwx------");
        assertThat(permissions("data")).isEqualTo("rwx------");
        assertThat(permissions("connection.properties")).isEqualTo("rw-------");
        try (var files = Files.list(directory.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "binaries", "clients.lock", "connection.properties", "data", "server.log", "start.lock");
        }
    }

    private String permissions(String name) throws Exception {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.path().resolve(name)));
    }

    @Test
    void firstStart_ofSeveralAtOnce_makesOneServer() throws Exception {
        var clients = new ArrayList<Client>();
        try {
            for (var i = 0; i < 4; i++) {
                clients.add(Client.start(directory.path()));
            }
            var ports = new HashSet<Integer>();
            for (var client : clients) {
                ports.add(client.port());
            }
            assertThat(ports).hasSize(1);

            leaveTogether(clients);
            assertThat(directory.postmaster()).isNull();
        } finally {
            clients.forEach(Client::close);
        }
    }

    private static void leaveTogether(List<Client> clients) throws Exception {
        for (var client : clients) {
            client.askToLeave();
        }
        for (var client : clients) {
            client.leave();
        }
    }
}
