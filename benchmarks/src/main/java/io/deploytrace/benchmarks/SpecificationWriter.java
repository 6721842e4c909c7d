package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The baseline R, the specification's way: one INSERT for each span, all sent as one batch within BEGIN and COMMIT. Its
 * connection and its statement are kept, so that the driver prepares it on the server, as it does by default.
 */
final class SpecificationWriter implements TraceWriter {

    private static final String INSERT = """
            INSERT INTO deployment_trace_span (
              trace_id, span_id, parent_span_id, name, start_time, end_time, workspace_id, release_target_key, release_id,
              job_id, parent_trace_id, phase, node_type, status, depth, sequence, attributes, events)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPSERT = INSERT + """
            ON CONFLICT (trace_id, span_id) DO UPDATE SET
              end_time = EXCLUDED.end_time, release_id = EXCLUDED.release_id, job_id = EXCLUDED.job_id,
              status = EXCLUDED.status, attributes = EXCLUDED.attributes, events = EXCLUDED.events
            """;

    private final Connection connection;
    private final PreparedStatement statement;

    private SpecificationWriter(DataSource dataSource, String sql) throws SQLException {
        this.connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        this.statement = connection.prepareStatement(sql);
    }

    /** Skips rows that are there. */
    static SpecificationWriter inserting(DataSource dataSource) throws SQLException {
        return new SpecificationWriter(dataSource, INSERT + "ON CONFLICT DO NOTHING");
    }

    /** Replaces rows that are there. */
    static SpecificationWriter upserting(DataSource dataSource) throws SQLException {
        return new SpecificationWriter(dataSource, UPSERT);
    }

    @Override
    public void write(List<Span> spans) throws SQLException {
        for (var span : spans) {
            bind(span);
            statement.addBatch();
        }
        statement.executeBatch();
        connection.commit();
    }

    private void bind(Span span) throws SQLException {
        statement.setString(1, span.traceId());
        statement.setString(2, span.spanId());
        statement.setString(3, span.parentSpanId());
        statement.setString(4, span.name());
        bind(5, span.startTime());
        bind(6, span.endTime());
        statement.setObject(7, UUID.fromString(String.valueOf(span.workspaceId())));
        statement.setString(8, span.releaseTargetKey());
        statement.setString(9, span.releaseId());
        statement.setString(10, span.jobId());
        statement.setString(11, span.parentTraceId());
        statement.setString(12, span.phase());
        statement.setString(13, span.nodeType());
        statement.setString(14, span.status());
        statement.setObject(15, span.depth(), Types.INTEGER);
        statement.setObject(16, span.sequence(), Types.INTEGER);
        statement.setObject(17, Json.attributes(span.attributes()), Types.OTHER);
        statement.setObject(18, Json.events(span.events()), Types.OTHER);
    }

    private void bind(int index, @Nullable Instant time) throws SQLException {
        statement.setObject(index, time == null ? null : time.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
