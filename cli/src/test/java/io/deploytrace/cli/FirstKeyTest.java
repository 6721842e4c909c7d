package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that start for the first time, all at once. */
class FirstKeyTest {

    private static final int SERVERS = 4;

    @TempDir
    private Path directory;

    @Test
    void serversThatStartTogether_createOneKey() throws Exception {
        var url = TestDatabase.createMigrated();
        var servers = new ArrayList<ServeProcess>();
        try {
            for (var number = 0; number < SERVERS; number++) {
                servers.add(ServeProcess.start(directory, Map.of(), "--auth", "required", "--database-url", url));
            }
            servers.forEach(server -> assertThat(server.url()).startsWith("http://"));

            assertThat(servers.stream().map(ServeProcess::out).filter(out -> !out.isEmpty()))
                    .hasSize(1);
            var keys = TestProgram.create().run("key", "list", "--database-url", url);
            assertThat(List.of(keys.out().split("created at the first start", -1)))
                    .hasSize(2);
        } finally {
            servers.forEach(ServeProcess::close);
        }
    }
}
