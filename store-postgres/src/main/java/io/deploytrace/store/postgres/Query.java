package io.deploytrace.store.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One statement that returns rows.
 *
 * @param sql its text
 * @param parameters the values of its placeholders, in order; an array of strings is an array of text
 * @param reader makes a result of a row
 * @param <T> the type of the results
 */
record Query<T>(String sql, List<Object> parameters, RowReader<T> reader) {

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
            bind(statement, session);
            try (var rows = statement.executeQuery()) {
                var results = new ArrayList<T>();
                while (rows.next()) {
                    results.add(reader.read(rows));
                }
                return Collections.unmodifiableList(results);
            }
        }
    }

    /** Runs it; the result of its only row. */
    T one(Session session) throws SQLException {
        return list(session).get(0);
    }

    void bind(PreparedStatement statement, Session session) throws SQLException {
        var index = 1;
        for (var parameter : parameters) {
            statement.setObject(index++, bindable(parameter, session));
        }
    }

    private static Object bindable(Object parameter, Session session) throws SQLException {
        if (parameter instanceof Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        }
        return parameter instanceof String[] texts ? session.array("text", texts) : parameter;
    }
}
