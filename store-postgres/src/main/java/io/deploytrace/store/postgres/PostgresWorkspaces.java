package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Workspaces in PostgreSQL. The schema must be there ({@link PostgresSchema}).
 *
 * <p>The table {@code workspace} belongs to another application if it has any column beside {@code id}, which is all
 * that Deploytrace's own has. Such workspaces are created and deleted in that application, and only listed here.
 *
 * <p>Holds nothing that must be closed. Safe for use by several threads.
 */
public final class PostgresWorkspaces implements WorkspaceStore {

    private static final Duration SHORTEST_RETENTION = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);

    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;

    /** The workspaces in the database of the data source, which stays the caller's to close. */
    public PostgresWorkspaces(DataSource dataSource) {
        this.database = new Database(dataSource);
    }

    @Override
    public Workspace create(String name, Deadline deadline) {
        var checked = ShortText.check("A workspace's name", name);
        return database.transaction("No workspace was created.", deadline, session -> {
            requireOwnTable(session, "created");
            var id = TimeOrderedUuid.next();
            try {
                WorkspaceQueries.create(id, checked).one(session);
            } catch (SQLException failure) {
                throwIfTaken(checked, failure);
                throw failure;
            }
            return new Workspace(id, checked);
        });
    }

    @Override
    public List<Workspace> list(Deadline deadline) {
        return database.call("No workspaces were read.", deadline, WorkspaceQueries.list()::list);
    }

    @Override
    public Optional<Workspace> find(UUID workspaceId, Deadline deadline) {
        Objects.requireNonNull(workspaceId, "workspaceId");
        return database.call("The workspace was not read.", deadline, WorkspaceQueries.find(workspaceId)::list).stream()
                .findFirst();
    }

    @Override
    public void retain(UUID workspaceId, @Nullable Duration retention, Deadline deadline) {
        Objects.requireNonNull(workspaceId, "workspaceId");
        if (retention != null
                && (retention.compareTo(SHORTEST_RETENTION) < 0 || retention.compareTo(LONGEST_RETENTION) > 0)) {
            throw new IllegalArgumentException(
                    "A workspace's retention must be from one second to 36,500 days, but is " + retention);
        }
        database.transaction("The retention was not set.", deadline, session -> {
            requireWorkspace(session, workspaceId);
            return WorkspaceQueries.retain(workspaceId, retention).list(session);
        });
    }

    @Override
    public long delete(UUID workspaceId, LongConsumer progress, Deadline deadline) {
        Objects.requireNonNull(workspaceId, "workspaceId");
        Objects.requireNonNull(progress, "progress");
        requireDeletable(workspaceId, deadline);
        database.call("Nothing was deleted.", deadline, ApiKeyQueries.deleteOfWorkspace(workspaceId)::list);
        var removed =
                new TraceRemoval(database, workspaceId, null).run(soFar -> progress.accept(soFar.spans()), deadline);
        return database.transaction("The workspace is empty, but still there.", deadline, session -> {
            WorkspaceQueries.delete(workspaceId).list(session);
            return removed.spans();
        });
    }

    private void requireDeletable(UUID workspaceId, Deadline deadline) {
        database.call("Nothing was deleted.", deadline, session -> {
            requireWorkspace(session, workspaceId);
            requireOwnTable(session, "deleted");
            return workspaceId;
        });
    }

    private static void requireWorkspace(Session session, UUID workspaceId) throws SQLException {
        if (WorkspaceQueries.find(workspaceId).list(session).isEmpty()) {
            throw new IllegalArgumentException("There is no workspace " + workspaceId);
        }
    }

    private static void requireOwnTable(Session session, String done) throws SQLException {
        var foreign = WorkspaceQueries.foreignColumns().list(session);
        if (!foreign.isEmpty()) {
            throw new SpanStoreException(
                    Reason.NOT_READY,
                    "The workspaces of this database belong to another application: its table \"workspace\" has the"
                            + " columns " + String.join(", ", foreign) + ". No workspace was " + done
                            + "; do that in the application.");
        }
    }

    private static void throwIfTaken(String name, SQLException failure) {
        if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
            throw new IllegalArgumentException(
                    "There is a workspace named \"" + name + "\" already. Choose another name.", failure);
        }
    }
}
