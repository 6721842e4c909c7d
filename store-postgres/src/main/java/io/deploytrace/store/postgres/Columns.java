package io.deploytrace.store.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns in which rows travel to the database: one array parameter each, whatever the number of rows, taken
 * apart again by {@code unnest}. Only texts and integers travel as such, since the driver sends arrays of these in binary; the
 * server makes the rest of texts.
 *
 * @param columns the columns, in their order
 * @param <R> what a row is made from
 */
record Columns<R>(List<Column<R>> columns) {

    /**
     * One column.
     *
     * @param name its name in the table
     * @param type its type
     * @param value its value in a row, a {@link String} or, for an integer, an {@link Integer}
     */
    record Column<R>(String name, String type, Function<R, @Nullable Object> value) {

        private boolean isInteger() {
            return type.equals("integer");
        }

        private String parameter() {
            return isInteger() ? "?::integer[]" : "?::text[]::" + type + "[]";
        }
    }

    static <R> Column<R> text(String name, Function<R, @Nullable Object> value) {
        return new Column<>(name, "text", value);
    }

    static <R> Column<R> typed(String name, String type, Function<R, @Nullable Object> value) {
        return new Column<>(name, type, value);
    }

    /** The names, separated by commas; each after the prefix. */
    String names(String prefix) {
        return columns.stream().map(column -> prefix + column.name()).collect(Collectors.joining(", "));
    }

    /** What follows {@code from}: the rows under the alias, numbered from 1 in {@code position}. */
    String rows(String alias) {
        var parameters = columns.stream().map(Column::parameter).collect(Collectors.joining(", "));
        return "unnest(" + parameters + ") with ordinality as " + alias + " (" + names("") + ", position)";
    }

    /** Binds the parameters of {@link #rows}; returns the index of the parameter after them. */
    int bind(Session session, PreparedStatement statement, int index, List<R> rows) throws SQLException {
        for (var column : columns) {
            statement.setArray(index++, array(session, column, rows));
        }
        return index;
    }

    private java.sql.Array array(Session session, Column<R> column, List<R> rows) throws SQLException {
        var values = rows.stream().map(column.value());
        return column.isInteger()
                ? session.array("integer", values.toArray(Integer[]::new))
                : session.array("text", values.toArray(String[]::new));
    }
}
