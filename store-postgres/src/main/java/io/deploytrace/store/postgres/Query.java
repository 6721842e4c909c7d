package io.deploytrace.store.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * One statement that returns rows.
 *
 * @param sql its text
 * @param parameters the values of its placeholders, in order; an array of strings is an array of text
 * @param reader makes a result of a row
 * @param <T> the type of the results
 */
record Query<T>(String sql, List<Object> parameters, RowReader<T> reader) {

    private static final int PART = 1_000;

    Query {
        parameters = List.copyOf(parameters);
    }

    /** Makes a result of the row that a result set stands on; doesn't move it. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Runs it; the results of all rows in their order, unmodifiable. */
    List<T> list(Session session) throws SQLException {
        try (var statement = session.prepare(sql)) {
            return list(statement, session);
        }
    }

    /** As {@link #list}, with a statement that the server keeps: for one that runs often and always has the same plan. */
    List<T> listKept(Session session) throws SQLException {
        try (var statement = session.prepareToKeep(sql)) {
            return list(statement, session);
        }
    }

    /** As {@link #list}, within a transaction, holding few rows in memory beside their results. */
    List<T> listInParts(Session session) throws SQLException {
        try (var statement = session.prepare(sql)) {
            statement.setFetchSize(PART);
            return list(statement, session);
        }
    }

    /** Hands over the result of each row in their order, within a transaction, holding so many rows in memory. */
    void forEach(Session session, int rowsAtOnce, Consumer<T> consumer) throws SQLException {
        try (var statement = session.prepare(sql)) {
            statement.setFetchSize(rowsAtOnce);
            bind(statement, session);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(reader.read(rows));
                }
            }
        }
    }

    private List<T> list(PreparedStatement statement, Session session) throws SQLException {
        bind(statement, session);
        try (var rows = statement.executeQuery()) {
            var results = new ArrayList<T>();
            while (rows.next()) {
                results.add(reader.read(rows));
            }
            return Collections.unmodifiableList(results);
        }
    }

    /** Runs it; the result of its only row. */
    T one(Session session) throws SQLException {
        return list(session).get(0);
    }

    void bind(PreparedStatement statement, Session session) throws SQLException {
        var index = 1;
        for (var parameter : parameters) {
            bind(statement, session, index++, parameter);
        }
    }

    private static void bind(PreparedStatement statement, Session session, int index, Object parameter)
            throws SQLException {
        if (parameter instanceof Instant time) {
            statement.setObject(index, Timestamps.text(time), Types.OTHER);
        } else if (parameter instanceof String[] texts) {
            statement.setArray(index, session.array("text", texts));
        } else {
            statement.setObject(index, parameter);
        }
    }
}
