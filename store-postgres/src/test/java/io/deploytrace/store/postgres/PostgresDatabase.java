package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gives each test a database of its own on a real server, and fails it if it leaves a connection open. Sessions have a
 * time zone that isn't UTC and isn't whole hours away from it.
 */
public final class PostgresDatabase implements BeforeEachCallback, AfterEachCallback {

    private final boolean migrated;
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private String name = "";

    private PostgresDatabase(boolean migrated) {
        this.migrated = migrated;
    }

    /** With the migrations applied. */
    public static PostgresDatabase migrated() {
        return new PostgresDatabase(true);
    }

    /** Without any table. */
    public static PostgresDatabase empty() {
        return new PostgresDatabase(false);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        name = PostgresServer.createDatabase(migrated);
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        var open = new ArrayList<Connection>();
        for (var connection : connections) {
            if (!connection.isClosed()) {
                open.add(connection);
                connection.close();
            }
        }
        connections.clear();
        PostgresServer.dropDatabase(name);
        assertThat(open).as("connections left open").isEmpty();
    }

    /** A data source without a pool: each connection is a new session. */
    public DataSource dataSource() {
        return new TestDataSource(url(), connections::add);
    }

    /** A data source as the PostgreSQL driver has it, for tests that set its options. */
    public PGSimpleDataSource driverDataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url());
        return dataSource;
    }

    /** The JDBC URL, user included. */
    public String url() {
        return PostgresServer.url(name);
    }

    /** Inserts a workspace. */
    public UUID createWorkspace() {
        var id = UUID.randomUUID();
        execute("insert into workspace (id) values ('" + id + "')");
        return id;
    }

    /** Runs a statement. */
    public void execute(String sql) {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** Runs a query; each row is the list of its columns as text, null for NULL. */
    public List<List<String>> query(String sql) {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** Runs a query for one value. */
    public String queryValue(String sql) {
        var rows = query(sql);
        assertThat(rows).as(sql).hasSize(1);
        return rows.get(0).get(0);
    }
}
