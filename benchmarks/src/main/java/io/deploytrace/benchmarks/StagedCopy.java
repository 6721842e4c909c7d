package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Copies rows into a temporary table, and inserts from there those that aren't stored yet. */
final class StagedCopy implements TraceWriter {

    private static final String COPY = "COPY staged (" + BinaryRows.COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String INSERT = "INSERT INTO deployment_trace_span (" + BinaryRows.COLUMNS + ") SELECT "
            + BinaryRows.COLUMNS + " FROM staged ON CONFLICT DO NOTHING";

    private final Connection connection;

    StagedCopy(DataSource dataSource) throws SQLException {
        connection = dataSource.getConnection();
        execute("CREATE TEMPORARY TABLE staged (LIKE deployment_trace_span) ON COMMIT DELETE ROWS");
        connection.setAutoCommit(false);
    }

    @Override
    public void write(List<Span> spans) throws SQLException {
        var rows = BinaryRows.encode(List.of(spans), Instant.now());
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, new ByteArrayInputStream(rows), 65_536);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        execute(INSERT);
        connection.commit();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
