package io.deploytrace.store.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows on their way to the database: one array parameter for each column, whatever the number of rows. For use by one
 * thread.
 *
 * @param columns the columns, in their order, all with the same number of values
 */
record Rows(List<ArrayColumn> columns) {

    /**
     * A subquery that makes rows of the arrays again, in their order, under the alias. The arrays are unnested side by
     * side in the list of columns: in the list of tables each would first be copied to a table of its own.
     */
    String unnested(String alias) {
        return columns.stream()
                .map(ArrayColumn::unnested)
                .collect(Collectors.joining(", ", "(select ", ") as " + alias));
    }

    /** Binds the parameters of {@link #unnested}; returns the index of the parameter after them. */
    int bind(Session session, PreparedStatement statement, int index) throws SQLException {
        for (var column : columns) {
            session.bind(statement, index++, column);
        }
        return index;
    }

    int capacity() {
        return columns.stream().mapToInt(ArrayColumn::capacity).sum();
    }

    void clear() {
        columns.forEach(ArrayColumn::clear);
    }
}
