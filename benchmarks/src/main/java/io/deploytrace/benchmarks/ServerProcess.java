package io.deploytrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The server in a process of its own, as it is in production: so its processor time can be told from that of its clients, and neither
 * collects the other's garbage.
 *
 * @param process the process
 * @param port where it listens
 * @param key good for writing to all workspaces
 */
record ServerProcess(Process process, int port, String key) implements AutoCloseable {

    /** The environment variable that holds the database's password. */
    static final String PASSWORD = "BENCHMARK_DATABASE_PASSWORD";

    static ServerProcess start(Database database) throws IOException {
        var source = database.dataSource();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms512m",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        IngestServer.class.getName(),
                        source.getURL(),
                        source.getUser())
                .redirectError(Redirect.INHERIT);
        builder.environment().put(PASSWORD, source.getPassword());
        var process = builder.start();
        var line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IOException("The server didn't start");
        }
        var said = line.split(" ", 2);
        return new ServerProcess(process, Integer.parseInt(said[0]), said[1]);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServerProcess[" + port + "]";
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
