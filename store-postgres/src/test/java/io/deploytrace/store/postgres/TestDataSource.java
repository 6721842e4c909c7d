package io.deploytrace.store.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Opens sessions with a time zone that isn't UTC and reports each connection. */
record TestDataSource(String url, Consumer<Connection> opened) implements PlainDataSource {

    static final String TIME_ZONE = "Asia/Kathmandu";

    @Override
    public Connection getConnection() throws SQLException {
        var connection = DriverManager.getConnection(url);
        opened.accept(connection);
        try (var statement = connection.createStatement()) {
            statement.execute("set time zone '" + TIME_ZONE + "'");
        }
        return connection;
    }
}
