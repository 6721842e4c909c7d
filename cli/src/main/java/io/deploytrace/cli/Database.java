package io.deploytrace.cli;

import io.deploytrace.embedded.postgres.EmbeddedDatabaseException;
import io.deploytrace.embedded.postgres.SharedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The database that a command works on, open until it is closed.
 *
 * @param dataSource connects to it
 * @param embedded whether it is the program's own, which needs no looking after by its user
 * @param name how messages call it, without a password
 * @param connection what is given back at the end
 */
record Database(DataSource dataSource, boolean embedded, String name, Store.Connection connection)
        implements AutoCloseable {

    /**
     * Opens the database that the options name.
     *
     * @throws ProgramException if it can't be reached, or refuses the user
     */
    static Database open(DatabaseOptions options, Environment environment) {
        // The driver reports on its own what we put into messages.
        Logger.getLogger("").setLevel(Level.OFF);
        return options.address(environment)
                .map(Database::given)
                .orElseGet(() -> embedded(options.dataDirectory(environment), environment));
    }

    private static Database given(DatabaseAddress address) {
        var database = new Database(address.dataSource(), false, address.toString(), () -> {});
        try {
            database.dataSource().getConnection().close();
            return database;
        } catch (SQLException e) {
            throw ProgramException.unreachable(
                    "The database " + address + " can't be reached: " + ConnectionFailures.reason(e), e);
        }
    }

    private static Database embedded(Path directory, Environment environment) {
        var shared = openShared(directory, 0, environment);
        return new Database(shared.dataSource(), true, "embedded in " + directory, shared::close);
    }

    /** Opens the embedded database itself. */
    static SharedDatabase openShared(Path directory, int port, Environment environment) {
        if (!Files.exists(directory)) {
            environment.err().println("Setting up the embedded database in " + directory + " (first use) …");
        }
        try {
            return SharedDatabase.open(directory, port);
        } catch (EmbeddedDatabaseException e) {
            throw ProgramException.unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
