package io.deploytrace.store.postgres;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.store.postgres.SummaryRebuild.Rebuilt;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes rebuilt summaries. Insert and update have the same placeholders in the same order. */
final class SummaryStatements {

    /** A row that someone else has written meanwhile is theirs: it was computed from the same spans or more. */
    static final String INSERT = """
            insert into deployment_trace (
              created_at, parent_trace_id, release_target_key, release_id, job_id, trigger, start_time, end_time, outcome,
              cause_span_id, cause_rule, cause_name, cause_message, span_count, open_count, fingerprint,
              workspace_id, trace_id, updated_at, revision)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp(), 1)
            on conflict (workspace_id, trace_id) do nothing
            """;

    static final String UPDATE = """
            update deployment_trace
            set created_at = ?, parent_trace_id = ?, release_target_key = ?, release_id = ?, job_id = ?, trigger = ?,
                start_time = ?, end_time = ?, outcome = ?, cause_span_id = ?, cause_rule = ?, cause_name = ?,
                cause_message = ?, span_count = ?, open_count = ?, fingerprint = ?,
                updated_at = clock_timestamp(), revision = revision + 1
            where workspace_id = ? and trace_id = ?
            """;

    static final String DELETE = """
            delete from deployment_trace
            where workspace_id = ? and trace_id = any (?)
            """;

    private SummaryStatements() {}

    static long insert(Session session, List<Rebuilt> summaries) throws SQLException {
        return execute(session, INSERT, summaries);
    }

    static long update(Session session, List<Rebuilt> summaries) throws SQLException {
        return execute(session, UPDATE, summaries);
    }

    static long delete(Session session, UUID workspaceId, Collection<String> traceIds) throws SQLException {
        if (traceIds.isEmpty()) {
            return 0;
        }
        try (var statement = session.prepare(DELETE)) {
            statement.setObject(1, workspaceId);
            statement.setArray(2, session.array("text", traceIds.toArray()));
            return statement.executeUpdate();
        }
    }

    private static long execute(Session session, String sql, List<Rebuilt> summaries) throws SQLException {
        if (summaries.isEmpty()) {
            return 0;
        }
        try (var statement = session.prepare(sql)) {
            for (var summary : summaries) {
                bind(statement, summary);
                statement.addBatch();
            }
            var written = 0L;
            for (var count : statement.executeBatch()) {
                written += count;
            }
            return written;
        }
    }

    private static void bind(PreparedStatement statement, Rebuilt rebuilt) throws SQLException {
        var summary = rebuilt.summary();
        bindTime(statement, 1, rebuilt.createdAt());
        statement.setString(2, summary.parentTraceId());
        statement.setString(3, summary.releaseTargetKey());
        statement.setString(4, summary.releaseId());
        statement.setString(5, summary.jobId());
        statement.setString(6, summary.trigger());
        bindTime(statement, 7, summary.startTime());
        bindTime(statement, 8, summary.endTime());
        statement.setString(9, summary.outcome().value());
        bindCause(statement, summary);
        statement.setInt(14, summary.spanCount());
        statement.setInt(15, summary.openCount());
        statement.setString(16, summary.fingerprint());
        statement.setObject(17, summary.workspaceId());
        statement.setString(18, summary.traceId());
    }

    private static void bindCause(PreparedStatement statement, TraceSummary summary) throws SQLException {
        var cause = summary.cause();
        statement.setString(10, cause == null ? null : cause.spanId());
        statement.setString(11, cause == null ? null : cause.rule());
        statement.setString(12, cause == null ? null : cause.name());
        statement.setString(13, cause == null ? null : cause.message());
    }

    private static void bindTime(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        statement.setObject(index, time == null ? null : time.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }
}
