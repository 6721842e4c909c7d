package io.deploytrace.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
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

    /** Tells how many connections there are, how many wait for one, and for how long. */
    static void measure(HikariDataSource pool, MeterRegistry registry) {
        pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
    }
}
