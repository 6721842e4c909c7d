package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The baseline C, the physical limit: COPY of rows that are encoded already into our table with our indexes, without a
 * look at what is stored and without the read model.
 */
final class CopyLimit implements AutoCloseable {

    /** How many traces one COPY takes: 1,600 rows. */
    static final int TRACES = 100;

    private static final String COPY =
            "COPY deployment_trace_span (" + BinaryRows.COLUMNS + ") FROM STDIN (FORMAT binary)";

    private final Connection connection;
    private final CopyManager manager;

    CopyLimit(DataSource dataSource) throws SQLException {
        this.connection = dataSource.getConnection();
        this.manager = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** Encodes the traces for one COPY after the other. */
    static List<byte[]> encode(List<List<Span>> traces) {
        var copies = new ArrayList<byte[]>();
        for (var from = 0; from < traces.size(); from += TRACES) {
            var part = traces.subList(from, Math.min(traces.size(), from + TRACES));
            copies.add(BinaryRows.encode(part, Instant.now()));
        }
        return copies;
    }

    /** Copies the rows and commits. */
    void copy(byte[] rows) throws SQLException {
        try {
            manager.copyIn(COPY, new ByteArrayInputStream(rows), 65_536);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
