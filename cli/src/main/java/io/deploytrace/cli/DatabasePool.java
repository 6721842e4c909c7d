package io.deploytrace.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/** Keeps connections open for a command that needs many, and needs them again and again. */
final class DatabasePool {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private DatabasePool() {}

    static HikariDataSource of(DataSource source, int connections) {
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("deploytrace");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(connections, 4));
        config.setConnectionTimeout(PATIENCE.toMillis());
        // The server starts while the database is away, and says so in its readiness.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
