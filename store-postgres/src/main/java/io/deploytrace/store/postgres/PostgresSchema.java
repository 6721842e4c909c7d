package io.deploytrace.store.postgres;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.postgresql.PGStatement;

/**
 * The schema of the database: the migrations that make it, in the schema that the connection's {@code search_path}
 * names first. They keep their own history table, {@value #HISTORY_TABLE}, and take over tables named
 * {@code workspace} and {@code deployment_trace_span} that are there already, without touching their rows.
 *
 * <p>Migrating needs a direct connection: a lock of the session keeps two programs from migrating at once, which
 * a pooler in transaction mode would lose. There it is refused. Instances are safe for use by several threads.
 */
public final class PostgresSchema {

    /** The table that says which migrations were applied. */
    public static final String HISTORY_TABLE = "deploytrace_schema_history";

    /** The version of the newest migration. */
    static final String NEWEST = "10";

    private static final String NEWEST_IS_APPLIED =
            "SELECT coalesce(bool_or(success AND version = ?), false) FROM " + HISTORY_TABLE;

    private static final String TABLES_BEHIND = """
            select format('%I.%I', nspname, relname)
            from pg_class
            join pg_namespace on pg_namespace.oid = relnamespace
            where pg_class.oid in (to_regclass('workspace'), to_regclass('deployment_trace_span'))
              and nspname <> current_schema()
            order by relname
            """;

    private static final String UNDEFINED_TABLE = "42P01";

    private static final String LOCATION = "classpath:io/deploytrace/store/postgres/migration";

    /** What Flyway says, which has no code for it. */
    private static final String EMPTY_HISTORY = "as it already exists, and is empty";

    private static final int MOST_ATTEMPTS = 50;
    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    private final DataSource dataSource;

    /** The schema of the database that the data source connects to. */
    public PostgresSchema(DataSource dataSource) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /**
     * Applies the migrations that are pending; with none, does nothing. Programs that migrate at the same time wait for each
     * other. After a failure it may be run again.
     *
     * @return those that were applied, in their order; empty if there was nothing to do
     * @throws SpanStoreException if the database can't be reached ({@link Reason#UNAVAILABLE}), one of them failed
     *     ({@link Reason#NOT_READY}), with the database's message, the connection leads through a pooler in transaction mode
     *     ({@link Reason#NOT_READY}), or a schema further back in the {@code search_path} has a table of the same name
     *     ({@link Reason#NOT_READY})
     */
    public List<Migration> migrate() {
        try {
            requireSession();
            var flyway = configuration().load();
            repairAfterFailure(flyway);
            requireNothingBehind();
            return migrate(flyway).migrations.stream()
                    .map(done -> new Migration(done.version, done.description, true))
                    .toList();
        } catch (FlywayException | SQLException failure) {
            throw translate("The migrations were not all applied", failure);
        }
    }

    /** A history that is still empty is that of another program, which has just made it and goes on in a moment. */
    private static MigrateResult migrate(Flyway flyway) {
        for (var attempt = 1; ; attempt++) {
            try {
                return flyway.migrate();
            } catch (FlywayException failure) {
                if (attempt == MOST_ATTEMPTS
                        || !String.valueOf(failure.getMessage()).contains(EMPTY_HISTORY)) {
                    throw failure;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /**
     * All migrations that this version knows, in their order, applied or pending.
     *
     * @throws SpanStoreException if the database can't be reached ({@link Reason#UNAVAILABLE}) or read
     *     ({@link Reason#NOT_READY})
     */
    public List<Migration> migrations() {
        try {
            return Arrays.stream(configuration().load().info().all())
                    .filter(info -> info.getVersion() != null && info.isVersioned())
                    .filter(info -> info.getState() != MigrationState.BASELINE)
                    .map(PostgresSchema::migration)
                    .toList();
        } catch (FlywayException failure) {
            throw translate("The migrations could not be checked", failure);
        }
    }

    /**
     * Whether all migrations were applied: by one query, where {@link #migrations()} takes the better part of a second.
     *
     * @throws SpanStoreException if the database can't be reached ({@link Reason#UNAVAILABLE}) or the history may not be read
     */
    public boolean isCurrent() {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(NEWEST_IS_APPLIED)) {
            // A pool that leads through a pooler is asked again and again.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            statement.setString(1, NEWEST);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        } catch (SQLException failure) {
            if (UNDEFINED_TABLE.equals(failure.getSQLState())) {
                return false;
            }
            throw new SpanStoreException(
                    SqlFailures.reason(failure), "The schema could not be checked: " + failure.getMessage(), failure);
        }
    }

    private static Migration migration(MigrationInfo info) {
        var state = info.getState();
        return new Migration(
                info.getVersion().toString(), info.getDescription(), state.isApplied() && !state.isFailed());
    }

    /** A script that runs without a transaction leaves a mark when it fails; each of ours can simply be run again. */
    private static void repairAfterFailure(Flyway flyway) {
        if (Arrays.stream(flyway.info().all()).anyMatch(info -> info.getState().isFailed())) {
            flyway.repair();
        }
    }

    private void requireSession() throws SQLException {
        if (PoolerCheck.losesSessions(dataSource)) {
            throw new SpanStoreException(
                    Reason.NOT_READY,
                    "The migrations were not applied: the connection leads through a pooler in transaction mode, which would"
                            + " lose the lock that keeps two programs from migrating at once. Connect to PostgreSQL directly.");
        }
    }

    /** Tables of ours in front of another application's would hide these from whoever has the same search_path. */
    private void requireNothingBehind() throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(TABLES_BEHIND)) {
            if (rows.next()) {
                throw new SpanStoreException(
                        Reason.NOT_READY,
                        "The migrations were not applied: the tables that they make in schema " + connection.getSchema()
                                + " would hide " + rows.getString(1) + ", which is further back in the search_path. To"
                                + " use that table, name its schema first; to keep apart from it, name it not at all.");
            }
        }
    }

    /**
     * The history begins at 0, so that all migrations run where tables of others are there already. The lock is the
     * session's: with one of a transaction, CREATE INDEX CONCURRENTLY would wait for its own program for ever.
     */
    private FluentConfiguration configuration() {
        var configuration = Flyway.configure(PostgresSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(LOCATION)
                .table(HISTORY_TABLE)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .baselineDescription("before Deploytrace");
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration;
    }

    /** The database's own message is the useful one; Flyway's wraps it in where its script lies. */
    private static SpanStoreException translate(String what, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var isUnavailable = SqlFailures.reason(sql) == Reason.UNAVAILABLE;
                return new SpanStoreException(
                        isUnavailable ? Reason.UNAVAILABLE : Reason.NOT_READY, what + ": " + sql.getMessage(), failure);
            }
        }
        return new SpanStoreException(Reason.NOT_READY, what + ": " + failure.getMessage(), failure);
    }
}
