package io.deploytrace.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SeveralProgramsTest {

    @RegisterExtension
    private final TestDirectory directory = TestDirectory.withDatabase();

    @Test
    void secondProgram_usesTheRunningServer_andLastOneOutStopsIt() throws Exception {
        try (var client = Client.start(directory.path())) {
            var port = client.port();
            var server = directory.postmaster();

            var database = SharedDatabase.open(directory.path());
            assertThat(database.port()).isEqualTo(port);
            assertThat(directory.postmaster()).isEqualTo(server);

            client.leave();
            assertThat(TestDirectory.query(database, "SELECT 1")).isEqualTo("1");
            assertThat(directory.postmaster()).isEqualTo(server);

            database.close();
            assertThat(directory.postmaster()).isNull();
        }
    }

    @Test
    void terminatedProgram_stopsTheServer() throws Exception {
        try (var client = Client.start(directory.path())) {
            client.port();
            assertThat(directory.postmaster()).isNotNull();

            client.terminate();

            assertThat(directory.postmaster()).isNull();
        }
    }

    @Test
    void killedProgram_leavesAServerThatTheNextTakesOver() throws Exception {
        try (var client = Client.start(directory.path())) {
            client.port();
            client.kill();
        }
        var orphan = directory.postmaster();
        assertThat(orphan).isNotNull();

        var start = System.nanoTime();
        try (var database = SharedDatabase.open(directory.path())) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(TestDirectory.query(database, "SELECT 1")).isEqualTo("1");
            assertThat(directory.postmaster()).isEqualTo(orphan);
        }
        assertThat(directory.postmaster()).isNull();
    }

    @Test
    void killedProgram_isNotCountedAmongTheOthers() throws Exception {
        try (var client = Client.start(directory.path())) {
            client.port();
            var database = SharedDatabase.open(directory.path());
            client.kill();

            database.close();

            assertThat(directory.postmaster()).isNull();
        }
    }
}
