package io.deploytrace.cli;

import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.store.WorkspaceStore;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * The store that a command works on, open until it is closed.
 *
 * @param reader answers queries
 * @param writer writes spans
 * @param writerOn makes a writer that writes as if at the time of a clock
 * @param workspaces creates, lists and deletes workspaces
 * @param keys creates, lists and revokes the keys of the server
 * @param maintenance prunes and reindexes
 * @param connection what is given back at the end
 */
record Store(
        SpanReader reader,
        SpanWriter writer,
        Function<InstantSource, SpanWriter> writerOn,
        WorkspaceStore workspaces,
        ApiKeyStore keys,
        TraceMaintenance maintenance,
        Connection connection)
        implements AutoCloseable {

    /** Something that is closed without a checked exception. */
    @FunctionalInterface
    interface Connection extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() {
        connection.close();
    }
}
