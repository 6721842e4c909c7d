package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceMaintenance;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Clean-up and the upkeep of summaries in PostgreSQL. The schema must be there ({@link PostgresSchema}). Linked
 * (external) traces are removed by their own age like all others.
 *
 * <p>No call holds a transaction open for longer than one of its batches, and none keeps the spans of more than one
 * trace in memory. Writers may go on meanwhile. When the deadline passes, what was done so far stays done, and the
 * message says how much it was. Borrows one connection of the data source for each batch. Holds nothing that must be
 * closed. Safe for use by several threads.
 */
public final class PostgresMaintenance implements TraceMaintenance {

    private final Database database;

    /** Maintains the database of the data source, which stays the caller's to close. */
    public PostgresMaintenance(DataSource dataSource) {
        this.database = new Database(dataSource);
    }

    @Override
    public Instant time(Deadline deadline) {
        return database.call("The time was not read.", deadline, clock()::one);
    }

    static Query<Instant> clock() {
        return new Query<>("select clock_timestamp() as time", List.of(), row -> SpanRow.time(row, "time"));
    }

    @Override
    public Removed countOlderThan(UUID workspaceId, Instant before, Deadline deadline) {
        Objects.requireNonNull(workspaceId, "workspaceId");
        Objects.requireNonNull(before, "before");
        return database.call("Nothing was counted.", deadline, TraceRemoval.count(workspaceId, before)::one);
    }

    @Override
    public Removed prune(UUID workspaceId, Instant before, Consumer<Removed> progress, Deadline deadline) {
        Objects.requireNonNull(workspaceId, "workspaceId");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(progress, "progress");
        return new TraceRemoval(database, workspaceId, before).run(progress, deadline);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads every row of the workspace, in the order in which they were written. Without {@code all} it compares for
     * each trace the number of spans, of open spans, and the first and last times with its summary, and reads
     * attributes only where these differ. A span that another program changed without changing any of these is seen
     * with {@code all}.
     */
    @Override
    public long reindex(UUID workspaceId, boolean all, Deadline deadline) {
        Objects.requireNonNull(workspaceId, "workspaceId");
        return new Reindex(database, workspaceId, all, TimeRange.ALL).run(deadline);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads the rows of the workspace that were written then, and compares as {@link #reindex(UUID, boolean, Deadline)} does without {@code
     * all}. Whether a row was is told by its {@code created_at}: by default the time at which its transaction began.
     */
    @Override
    public long reindex(UUID workspaceId, TimeRange written, Deadline deadline) {
        Objects.requireNonNull(workspaceId, "workspaceId");
        Objects.requireNonNull(written, "written");
        return new Reindex(database, workspaceId, false, written).run(deadline);
    }
}
