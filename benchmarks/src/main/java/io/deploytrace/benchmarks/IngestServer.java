package io.deploytrace.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.server.DeploytraceServer;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.store.postgres.PostgresApiKeys;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import java.io.IOException;
import java.time.Duration;

/** The server that is measured, in a process of its own: prints its port and a key, and runs until its standard input ends. */
final class IngestServer {

    private static final int CONNECTIONS = 20;

    private IngestServer() {}

    /** Its arguments are a JDBC URL and a user; the password is in {@value ServerProcess#PASSWORD}. */
    public static void main(String[] arguments) throws IOException {
        try (var pool = new HikariDataSource(configuration(arguments[0], arguments[1]))) {
            var keys = new PostgresApiKeys(pool);
            var store = PostgresSpanStore.builder(pool).build();
            try (var server = DeploytraceServer.builder(store)
                    .reader(store)
                    .workspaces(new PostgresWorkspaces(pool))
                    .port(0)
                    .authenticationRequired(true)
                    .apiKeys(keys)
                    .build()) {
                server.start();
                var key = keys.create(Role.WRITE, null, null, null, Deadline.after(Duration.ofSeconds(30)));
                System.out.println(server.port() + " " + key.secret());
                var unused = System.in.read();
            }
        }
    }

    /** As the program's own server has it. */
    private static HikariConfig configuration(String url, String user) {
        var configuration = new HikariConfig();
        configuration.setJdbcUrl(url);
        configuration.setUsername(user);
        configuration.setPassword(System.getenv(ServerProcess.PASSWORD));
        configuration.setMaximumPoolSize(CONNECTIONS);
        return configuration;
    }
}
