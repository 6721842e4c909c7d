package io.deploytrace.cli;

import io.deploytrace.server.DeploytraceServer;
import io.deploytrace.server.DeploytraceServerBuilder;
import io.deploytrace.store.postgres.PostgresApiKeys;
import io.deploytrace.store.postgres.PostgresSchema;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresTraceChanges;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import java.io.IOException;
import javax.sql.DataSource;

/** Servers whose spans, keys and workspaces are in a PostgreSQL. */
final class PostgresServer {

    private PostgresServer() {}

    /** The settings of a server on the database, which isn't connected to yet. */
    static DeploytraceServerBuilder on(DataSource source) {
        var store = PostgresSpanStore.builder(source).build();
        return DeploytraceServer.builder(store)
                .reader(store)
                .changes(new PostgresTraceChanges(source))
                .workspaces(new PostgresWorkspaces(source))
                .apiKeys(new PostgresApiKeys(source))
                .readiness(() -> isReady(source));
    }

    private static boolean isReady(DataSource source) {
        try {
            return new PostgresSchema(source).isCurrent();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Begins to listen. */
    static void start(DeploytraceServer server) {
        try {
            server.start();
        } catch (IOException e) {
            throw ProgramException.failed(String.valueOf(e.getMessage()), e);
        }
    }
}
