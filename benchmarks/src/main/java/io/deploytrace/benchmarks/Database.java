package io.deploytrace.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One database of the server.
 *
 * @param dataSource connects to it, with a new connection each time
 */
record Database(PGSimpleDataSource dataSource) {

    private static final String SIZES = """
            SELECT relation.relname, pg_relation_size(relation.oid)
            FROM pg_class relation
            JOIN pg_namespace ON pg_namespace.oid = relation.relnamespace AND nspname = 'public'
            WHERE relation.relname LIKE 'deployment_trace%' AND relation.relkind IN ('r', 'i')
            ORDER BY 1
            """;

    void execute(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Nullable String value(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(String.valueOf(value(sql)));
    }

    /** The bytes of each table and index of ours, by its name. */
    Map<String, Long> sizes() throws SQLException {
        var sizes = new LinkedHashMap<String, Long>();
        pairs(SIZES).forEach((name, size) -> sizes.put(name, Long.parseLong(size)));
        return sizes;
    }

    /** The first two columns of a query, as texts. */
    Map<String, String> pairs(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var pairs = new LinkedHashMap<String, String>();
            while (rows.next()) {
                pairs.put(rows.getString(1), rows.getString(2));
            }
            return pairs;
        }
    }

    /** How far the write-ahead log has come, in bytes. */
    long walPosition() throws SQLException {
        return number("SELECT pg_current_wal_insert_lsn() - '0/0'");
    }

    /** A pool with as many connections as there are callers. */
    HikariDataSource pool(int connections) {
        var config = new HikariConfig();
        config.setDataSource(dataSource);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(connections);
        return new HikariDataSource(config);
    }
}
