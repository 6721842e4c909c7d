package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.embedded.postgres.SharedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database is backed up as the manual says: by a copy of its directory while nothing uses it. */
class EmbeddedBackupTest {

    @TempDir
    Path home;

    @Test
    void copy_ofTheDirectoryAtRest_isAllThereWas() throws Exception {
        var created = program("workspace", "create", "kept");
        assertThat(created.exitCode()).as(created.err()).isZero();
        var data = home.resolve("deploytrace");
        try (var running = SharedDatabase.open(data)) {
            assertThat(running.url()).isNotEmpty();
            assertThat(copy()).as("copies a database that runs").isEqualTo(1);
        }

        assertThat(copy()).isZero();
        program("workspace", "delete", "kept", "--yes");

        assertThat(program("workspace", "list").out()).doesNotContain("kept");
        var backup = home.resolve("deploytrace.backup").toString();
        assertThat(program("workspace", "list", "--data-dir", backup).out()).contains("kept");
    }

    private TestProgram.Result program(String... arguments) {
        return TestProgram.create()
                .variables(Map.of("XDG_DATA_HOME", home.toString()))
                .run(arguments);
    }

    private int copy() throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-euc", OperatingManual.block("sh", "embedded"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("XDG_DATA_HOME", home.toString());
        return builder.start().waitFor();
    }
}
