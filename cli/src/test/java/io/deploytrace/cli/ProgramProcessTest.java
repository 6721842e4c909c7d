package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in processes of its own, on an embedded database of its own. */
class ProgramProcessTest {

    @TempDir
    private Path directory;

    private ProcessBuilder builder(String... arguments) {
        var command = new ArrayList<>(ProgramCommand.of());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("DEPLOYTRACE_"));
        builder.environment().put("XDG_DATA_HOME", directory.toString());
        return builder;
    }

    private TestProgram.Result run(String... arguments) throws Exception {
        return TestCheckout.result(builder(arguments).start());
    }

    @Test
    void database_isSharedWithOtherCommandsAndStopsWhenTold() throws Exception {
        var data = directory.resolve("deploytrace");
        var database = builder("database")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            var url = firstLine(database);
            assertThat(url).matches("postgres://deploytrace:[\\w-]{43}@127\\.0\\.0\\.1:\\d+/deploytrace");
            assertThat(tables(url)).isEqualTo("deployment_trace_span");

            assertThat(run("workspace", "create", "shop").exitCode()).isZero();
            assertThat(run("workspace", "list").out()).endsWith("  shop\n");
            assertThat(tables(url)).isEqualTo("deployment_trace_span");
        } finally {
            database.destroy();
        }
        assertThat(database.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(data.resolve("data/postmaster.pid")).doesNotExist();

        assertThat(run("workspace", "list").out()).endsWith("  shop\n");
        assertThat(data.resolve("data/postmaster.pid")).doesNotExist();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private static String tables(String url) throws SQLException {
        try (var connection = DatabaseAddress.parse(url, null).dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT to_regclass('deployment_trace_span')")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void version_isPrintedAlone() throws Exception {
        assertThat(run("--version"))
                .isEqualTo(new TestProgram.Result(0, "deploytrace " + VersionProvider.version() + "\n", ""));
    }

    @Test
    void wrongUsage_isTheProcesssExitCode() throws Exception {
        assertThat(run("nonsense").exitCode()).isEqualTo(2);
    }
}
