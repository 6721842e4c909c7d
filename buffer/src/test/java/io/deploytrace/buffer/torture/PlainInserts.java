package io.deploytrace.buffer.torture;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * {@link PlantedBug#NO_IDEMPOTENCY}: inserts rows and doesn't ask whether they are there. What it knows to have written it doesn't write
 * again, so that a row that is there twice was written again because the answer to its commit was lost.
 */
final class PlainInserts implements SpanWriter {

    private static final String INSERT = """
            insert into deployment_trace_span (trace_id, span_id, name, start_time, workspace_id, attributes, events)
            select ?, ?, ?, ?, id, '{}', '[]' from workspace where id = ?
            """;

    private final DataSource dataSource;
    private final Set<SpanKey> known = ConcurrentHashMap.newKeySet();

    PlainInserts(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            insert(spans.stream().filter(span -> !known.contains(span.key())).toList(), connection);
            connection.commit();
            spans.forEach(span -> known.add(span.key()));
            return new WriteResult(spans.size(), 0, 0);
        } catch (SQLException failure) {
            throw new SpanStoreException(Reason.UNAVAILABLE, "It may or may not be written: " + failure, failure);
        }
    }

    private static void insert(Collection<Span> spans, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            for (var span : spans) {
                statement.setString(1, span.traceId());
                statement.setString(2, span.spanId());
                statement.setString(3, span.name());
                statement.setObject(4, span.startTime().atOffset(ZoneOffset.UTC));
                statement.setObject(5, UUID.fromString(span.workspaceId()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
