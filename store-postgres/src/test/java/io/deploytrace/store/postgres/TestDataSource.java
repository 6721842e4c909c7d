package io.deploytrace.store.postgres;

import java.io.PrintWriter;
import java.io.Writer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Opens sessions with a time zone that isn't UTC and reports each connection. */
record TestDataSource(String url, Consumer<Connection> opened) implements DataSource {

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

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
