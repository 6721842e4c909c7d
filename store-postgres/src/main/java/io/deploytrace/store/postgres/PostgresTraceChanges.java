package io.deploytrace.store.postgres;

import io.deploytrace.store.ChangedTraces;
import io.deploytrace.store.ChangedTraces.Status;
import io.deploytrace.store.ChangesRequest;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TraceChanges;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * Changes of traces in PostgreSQL, whichever program made them. The schema must be there ({@link PostgresSchema}).
 *
 * <p>A position is lost where the database crashed, was restored or another took its place: its transactions may be counted
 * anew then. A restart keeps it.
 *
 * <p>Borrows one connection of the data source for each call. Holds nothing that must be closed. Safe for use by several threads.
 */
public final class PostgresTraceChanges implements TraceChanges {

    private static final String NOTHING_READ = "No changes were read.";

    private static final String ONE_SNAPSHOT = "set transaction isolation level repeatable read, read only";

    private final Database database;

    /** The changes in the database of the data source, which stays the caller's to close. */
    public PostgresTraceChanges(DataSource dataSource) {
        this.database = new Database(dataSource);
    }

    @Override
    public String now(Deadline deadline) {
        return database.call(NOTHING_READ, deadline, ChangesQuery.now()::one).text();
    }

    @Override
    public List<ChangedTraces> since(Collection<ChangesRequest> requests, int limit, Deadline deadline) {
        TraceChanges.checkLimit(limit);
        return database.transaction(NOTHING_READ, deadline, session -> {
            try (var statement = session.prepare(ONE_SNAPSHOT)) {
                statement.execute();
            }
            var now = ChangesQuery.now().one(session);
            var answers = new ArrayList<ChangedTraces>();
            for (var request : requests) {
                answers.add(answer(session, now, request, limit));
            }
            return List.copyOf(answers);
        });
    }

    private static ChangedTraces answer(Session session, ChangesPosition now, ChangesRequest request, int limit)
            throws SQLException {
        var position = ChangesPosition.parse(request.position());
        return position == null || !position.isKnown(now)
                ? new ChangedTraces(request.workspaceId(), Status.LOST, List.of(), now.text())
                : answer(session, now, request, position, limit);
    }

    /** Ends the round that was begun, if there is one, and makes another up to now. */
    private static ChangedTraces answer(
            Session session, ChangesPosition now, ChangesRequest request, ChangesPosition from, int limit)
            throws SQLException {
        var traces = new ArrayList<StoredTrace>();
        var position = from;
        while (true) {
            var until = position.until() == null ? now.since() : position.until();
            var left = limit - traces.size();
            var changes = ChangesQuery.changes(request.workspaceId(), position, until, left + 1)
                    .list(session);
            changes.stream().limit(left).map(ChangesQuery.Change::trace).forEach(traces::add);
            if (changes.size() > left) {
                var next = left == 0 ? position.begun(until) : position.told(until, changes.get(left - 1));
                return new ChangedTraces(request.workspaceId(), Status.MORE, traces, next.text());
            }
            if (position.until() == null) {
                return new ChangedTraces(request.workspaceId(), Status.DONE, traces, now.text());
            }
            position = ChangesPosition.after(now.origin(), position.time(), until);
        }
    }
}
