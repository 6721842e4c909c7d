package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Another program that writes the span table, with SQL of its own and times as it likes; it knows no summaries. */
record ForeignProgram(PostgresDatabase database) {

    private static final String INSERT = """
            INSERT INTO deployment_trace_span (
              trace_id, span_id, parent_span_id, name, start_time, end_time, workspace_id, release_target_key, release_id,
              job_id, parent_trace_id, phase, node_type, status, depth, sequence, attributes, events, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
            """;

    void write(Instant createdAt, TestSpan... spans) {
        write(createdAt, Stream.of(spans).map(TestSpan::build).toList());
    }

    void write(Instant createdAt, List<Span> spans) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.prepareStatement(INSERT)) {
            for (var span : spans) {
                bind(statement, span, createdAt);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void bind(PreparedStatement statement, Span span, Instant createdAt) throws SQLException {
        var index = 1;
        for (var text : List.of(span.traceId(), span.spanId())) {
            statement.setString(index++, text);
        }
        statement.setString(index++, span.parentSpanId());
        statement.setString(index++, span.name());
        bindTime(statement, index++, span.startTime());
        bindTime(statement, index++, span.endTime());
        statement.setString(index++, span.workspaceId());
        statement.setString(index++, span.releaseTargetKey());
        statement.setString(index++, span.releaseId());
        statement.setString(index++, span.jobId());
        statement.setString(index++, span.parentTraceId());
        statement.setString(index++, span.phase());
        statement.setString(index++, span.nodeType());
        statement.setString(index++, span.status());
        statement.setObject(index++, span.depth(), Types.INTEGER);
        statement.setObject(index++, span.sequence(), Types.INTEGER);
        statement.setString(index++, json(writer -> writer.write(span.attributes())));
        statement.setString(index++, json(writer -> writer.write(span.events())));
        bindTime(statement, index, createdAt);
    }

    private static void bindTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, time == null ? null : time.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static String json(Consumer<JsonWriter> value) {
        var text = new ByteArrayOutputStream();
        value.accept(new JsonWriter(text));
        return text.toString(StandardCharsets.UTF_8);
    }
}
