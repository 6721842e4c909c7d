package io.deploytrace.cli;

import io.deploytrace.store.postgres.PostgresApiKeys;
import io.deploytrace.store.postgres.PostgresMaintenance;
import io.deploytrace.store.postgres.PostgresSchema;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import java.util.function.Consumer;

/** Opens stores in PostgreSQL. The embedded database is migrated on the way; one that was given is its owner's to migrate. */
final class PostgresStores implements Stores {

    private final Environment environment;

    PostgresStores(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Store open(DatabaseOptions options) {
        return open(options, this::requireSchema);
    }

    @Override
    public Store openMigrated(DatabaseOptions options) {
        return open(options, PostgresStores::migrate);
    }

    /** The database itself, with its schema as {@link #open} requires it. */
    Database openDatabase(DatabaseOptions options) {
        return database(options, this::requireSchema);
    }

    private Store open(DatabaseOptions options, Consumer<Database> preparation) {
        return store(database(options, preparation));
    }

    private Database database(DatabaseOptions options, Consumer<Database> preparation) {
        var database = Database.open(options, environment);
        try {
            preparation.accept(database);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private Store store(Database database) {
        var spans = PostgresSpanStore.builder(database.dataSource()).build();
        return new Store(
                spans,
                spans,
                clock -> PostgresSpanStore.builder(database.dataSource())
                        .clock(clock)
                        .build(),
                new PostgresWorkspaces(database.dataSource()),
                new PostgresApiKeys(database.dataSource(), environment.clock()),
                new PostgresMaintenance(database.dataSource()),
                database.connection());
    }

    private void requireSchema(Database database) {
        if (database.embedded()) {
            migrate(database);
        } else if (!new PostgresSchema(database.dataSource()).isCurrent()) {
            throw ProgramException.unreachable(
                    "The database " + database.name()
                            + " isn't set up for this version of deploytrace. Run '" + environment.program()
                            + " migrate' on it first.",
                    null);
        }
    }

    private static void migrate(Database database) {
        var schema = new PostgresSchema(database.dataSource());
        if (!schema.isCurrent()) {
            schema.migrate();
        }
    }
}
