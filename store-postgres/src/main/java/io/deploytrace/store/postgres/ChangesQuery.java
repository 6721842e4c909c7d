package io.deploytrace.store.postgres;

import io.deploytrace.store.StoredTrace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Changes of traces between two snapshots. */
final class ChangesQuery {

    /**
     * Rows that a restore brought count transactions of another database; those that weren't written lately are none of this
     * database's changes.
     */
    private static final Duration LATELY = Duration.ofHours(1);

    /**
     * A crash may hand out the numbers of transactions again that left no trace. It also resets the statistics, so that their age
     * tells one life of the database from another; as it does a standby from its primary.
     */
    private static final String NOW = """
            select pg_current_snapshot()::text as snapshot, statement_timestamp() as time,
                   (select control.system_identifier from pg_control_system() control)
                     || ' ' || coalesce(extract(epoch from (select stats_reset from pg_stat_bgwriter))::text, '')
                     || ' ' || (select oid from pg_database where datname = current_database())
                     || ' ' || 'deployment_trace'::regclass::oid as origin
            """;

    private static final String CHANGES = """
            select %s, trace.changed_in::text as changed_in
            from deployment_trace trace
            where trace.workspace_id = ?
              and trace.changed_in >= ?::xid8 and (trace.changed_in, trace.trace_id) > (?::xid8, ?)
              and not pg_visible_in_snapshot(trace.changed_in, ?::pg_snapshot)
              and pg_visible_in_snapshot(trace.changed_in, ?::pg_snapshot)
              and trace.updated_at > ?
            order by trace.changed_in, trace.trace_id
            limit ?
            """.formatted(TraceRow.COLUMNS);

    /**
     * A trace that changed.
     *
     * @param trace as it is now
     * @param transaction the transaction that changed it last
     */
    record Change(StoredTrace trace, long transaction) {}

    private ChangesQuery() {}

    /** The position after all that the transaction sees. */
    static Query<ChangesPosition> now() {
        return new Query<>(NOW, List.of(), ChangesQuery::readNow);
    }

    private static ChangesPosition readNow(ResultSet row) throws SQLException {
        var snapshot = Objects.requireNonNull(TransactionSnapshot.parse(row.getString("snapshot")));
        return ChangesPosition.after(row.getString("origin"), SpanRow.time(row, "time"), snapshot);
    }

    /** What isn't known at the position but visible in the snapshot, in the order of transactions. */
    static Query<Change> changes(UUID workspaceId, ChangesPosition position, TransactionSnapshot until, int limit) {
        var told = Long.toString(position.toldTransaction());
        return new Query<>(
                CHANGES,
                List.of(
                        workspaceId,
                        told,
                        told,
                        position.toldTrace(),
                        position.since().text(),
                        until.text(),
                        position.time().minus(LATELY),
                        limit),
                row -> new Change(TraceRow.read(row), Long.parseLong(row.getString("changed_in"))));
    }
}
