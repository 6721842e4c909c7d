package io.deploytrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A PostgreSQL of the machine's own version with nothing in it yet, together with its programs. Used by one thread at a time. */
public final class PostgresCluster implements AutoCloseable {

    private static final String USER = "postgres";
    private static final String PASSWORD = "of the tests";

    private final Path directory;
    private final int port;

    private PostgresCluster(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Makes one, starts it and waits until it takes connections. */
    public static PostgresCluster start() {
        InstalledProgram.require("initdb");
        try {
            var cluster = new PostgresCluster(InstalledProgram.directory("cluster"), InstalledProgram.freePort());
            cluster.create();
            cluster.control("start");
            return cluster;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void create() throws IOException {
        var password = directory.resolve("password");
        Files.writeString(password, PASSWORD);
        InstalledProgram.giveAway(password);
        run(
                "initdb",
                "-D",
                data(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--no-sync");
        Files.writeString(Path.of(data(), "postgresql.auto.conf"), """
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                max_connections = 200
                """.formatted(port));
    }

    private void control(String action) {
        run("pg_ctl", "-D", data(), "-l", directory.resolve("log").toString(), "-w", "-m", "fast", action);
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /** The URL of a database in it, for the superuser. */
    public String url(String database) {
        return url(USER, PASSWORD, database);
    }

    /** The URL of a database in it. */
    public String url(String user, String password, String database) {
        return "postgres://%s:%s@127.0.0.1:%d/%s".formatted(user, password.replace(" ", "%20"), port, database);
    }

    /** The port of 127.0.0.1 on which it listens. */
    public int port() {
        return port;
    }

    /** A directory for files that its programs write, deleted at the end. */
    public Path directory() {
        return directory;
    }

    /** Runs a program of PostgreSQL, such as {@code pg_dump}, to its end; fails unless that is 0. What it printed. */
    public String run(String program, String... arguments) {
        return run(InstalledProgram.require(program).command(arguments));
    }

    /** Runs lines as a shell does in the {@link #directory}, with PostgreSQL's programs on its path; as {@link #run}. */
    public String runShell(String lines, Map<String, String> variables) {
        var programs = InstalledProgram.require("pg_dump").plainCommand().get(0);
        var all = new HashMap<>(variables);
        all.put("PATH", Path.of(programs).getParent() + ":" + System.getenv("PATH"));
        return run(InstalledProgram.require("sh").command("-euc", lines), all);
    }

    private String run(List<String> command) {
        return run(command, Map.of());
    }

    private String run(List<String> command, Map<String, String> variables) {
        try {
            var output = Files.createTempFile("program", ".output");
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(variables);
            var exitCode = builder.start().onExit().join().exitValue();
            var said = Files.readString(output);
            Files.delete(output);
            if (exitCode != 0) {
                throw new IllegalStateException(command + " ended with " + exitCode + ":\n" + said);
            }
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        control("stop");
        Directories.delete(directory);
    }
}
