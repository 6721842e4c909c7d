package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A database that was set up as the manual for operators says, with its roles.
 *
 * @param superuserUrl the URL of any database of the server, for a superuser
 */
record OperatedDatabase(String superuserUrl) {

    static final String OWNER = "deploytrace_owner";
    static final String SERVER = "deploytrace_server";
    static final String OPERATOR = "deploytrace_operator";
    static final String WRITER = "deploytrace_writer";
    static final String READER = "deploytrace_reader";

    private static final String DATABASE = "deploytrace";

    private static final class Shared {
        private static final OperatedDatabase DATABASE = start();

        private static OperatedDatabase start() {
            Logger.getLogger("").setLevel(Level.OFF);
            try {
                var cluster = EmbeddedPostgres.start();
                return create("postgres://postgres@127.0.0.1:" + cluster.getPort() + "/postgres");
            } catch (IOException | SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** One for all tests of this process, on a server of its own that ends with the process. */
    static OperatedDatabase shared() {
        return Shared.DATABASE;
    }

    /** Sets everything up. */
    static OperatedDatabase create(String superuserUrl) throws SQLException {
        var database = new OperatedDatabase(superuserUrl);
        database.createEmpty();
        assertThat(database.run(OWNER, "migrate").exitCode()).isZero();
        database.grant();
        return database;
    }

    /** The roles and the database, without a table. */
    void createEmpty() throws SQLException {
        execute(superuserUrl, OperatingManual.statements("roles"));
        for (var role : List.of(OWNER, SERVER, OPERATOR, WRITER, READER)) {
            execute(superuserUrl, List.of("alter role " + role + " password '" + password(role) + "'"));
        }
        execute(inDatabase(superuserUrl), OperatingManual.statements("schema"));
    }

    /** What the owner does after each migration. */
    void grant() throws SQLException {
        execute(url(OWNER), OperatingManual.statements("grants"));
    }

    /** A role that was granted nothing. */
    void createRole(String name) throws SQLException {
        execute(superuserUrl, List.of("create role " + name + " login password '" + password(name) + "'"));
    }

    private static String password(String role) {
        return "of-" + role;
    }

    private static String inDatabase(String url) {
        return url.replaceFirst("/[^/]*$", "/" + DATABASE);
    }

    /** The URL with which a role connects. */
    String url(String role) {
        return inDatabase(superuserUrl).replaceFirst("//[^@]*@", "//" + role + ":" + password(role) + "@");
    }

    /** A connection of a role. */
    Connection connect(String role) throws SQLException {
        return open(url(role));
    }

    private static Connection open(String url) throws SQLException {
        return DatabaseAddress.parse(url, null).dataSource().getConnection();
    }

    /** Runs a statement as a role. */
    void execute(String role, String sql) throws SQLException {
        execute(url(role), List.of(sql));
    }

    private static void execute(String url, List<String> statements) throws SQLException {
        try (var connection = open(url);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row, as a role sees it. */
    String value(String role, String sql) {
        return valueAt(url(role), sql);
    }

    /** The first column of the first row, as a superuser sees it. */
    String superuserValue(String sql) {
        return valueAt(superuserUrl, sql);
    }

    private static String valueAt(String url, String sql) {
        try (var connection = open(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** Runs a command of the program as a role. */
    TestProgram.Result run(String role, String... arguments) {
        return TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", url(role)))
                .run(arguments);
    }

    /** What a command prints that an operator runs. */
    String operate(String... arguments) {
        var result = run(OPERATOR, arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().strip();
    }

    /** A new workspace. */
    UUID createWorkspace(String name) {
        return UUID.fromString(operate("workspace", "create", name));
    }

    /** A new key that may write into the workspace. */
    String createKey(UUID workspace) {
        return operate("key", "create", "--role", "write", "--workspace", workspace.toString());
    }
}
