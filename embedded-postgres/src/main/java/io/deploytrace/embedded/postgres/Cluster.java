package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The database's files: makes them, and sets a new password where the old one was lost. */
final class Cluster {

    private final DataDirectory directory;

    Cluster(DataDirectory directory) {
        this.directory = directory;
    }

    boolean exists() {
        return Files.exists(directory.cluster());
    }

    /**
     * Makes sure that these programs can read the files.
     *
     * @throws EmbeddedDatabaseException if another major version of PostgreSQL wrote them
     */
    void requireVersion() throws IOException {
        var version =
                Files.readString(directory.cluster().resolve("PG_VERSION")).strip();
        if (!version.equals(Binaries.majorVersion())) {
            throw new EmbeddedDatabaseException(
                    "The data in " + directory.root() + " were written by PostgreSQL " + version
                            + ", and this program brings PostgreSQL " + Binaries.majorVersion()
                            + ". Choose another data directory, or move the data there with pg_dump and pg_restore.",
                    null);
        }
    }

    /** Makes a new database. It gets its place when it is complete, so that a half-made one is never taken for one. */
    void create(Programs programs, String password) throws IOException {
        DataDirectory.delete(directory.newCluster());
        var passwordFile = directory.root().resolve("password");
        try {
            directory.write(passwordFile, password);
            require(programs.run("initdb", initdbArguments(passwordFile.toString())));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        singleUser(programs, directory.newCluster().toString(), "CREATE DATABASE " + Connection.DATABASE);
        Files.move(directory.newCluster(), directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> initdbArguments(String passwordFile) {
        return List.of(
                "--pgdata=" + directory.newCluster(),
                "--username=" + Connection.USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                // The password is random: repeated hashing, which slows each connection, adds nothing.
                "--set=scram_iterations=1");
    }

    /** Sets the password while the server is stopped. */
    void setPassword(Programs programs, String password) throws IOException {
        singleUser(
                programs,
                directory.cluster().toString(),
                "SET scram_iterations = 1; ALTER ROLE " + Connection.USER + " PASSWORD '" + password + "'");
    }

    private static void singleUser(Programs programs, String cluster, String sql) throws IOException {
        require(programs.run("postgres", List.of("--single", "-j", "-D", cluster, "postgres"), sql + ";\n\n"));
    }

    private static void require(Programs.Result result) {
        if (!result.succeeded()
                || result.output().contains("ERROR:")
                || result.output().contains("FATAL:")) {
            throw Failures.ofProgram("The embedded database could not be set up", result.output(), null);
        }
    }
}
