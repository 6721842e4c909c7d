package io.deploytrace.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program's server in a process of its own. */
final class RunningServer implements AutoCloseable {

    /** What signs the job tokens of tests. */
    static final String TOKEN_SECRET = "tests:a secret of more than 32 bytes for tests alone";

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    private static final String HEAP = "-Xmx256m";

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    private RunningServer(Process process) {
        this.process = process;
        listen(process.getInputStream());
        listen(process.getErrorStream());
    }

    /** Starts it on a free port. */
    static RunningServer start(String databaseUrl, String... options) throws Exception {
        return start(0, databaseUrl, options);
    }

    /** Starts it in a heap that is smaller than a large trace. */
    static RunningServer startSmall(String databaseUrl, String... options) throws Exception {
        return start(0, "-Xmx192m", databaseUrl, options);
    }

    /** Starts it, and waits until it takes requests. */
    static RunningServer start(int port, String databaseUrl, String... options) throws Exception {
        return start(port, HEAP, databaseUrl, options);
    }

    private static RunningServer start(int port, String heap, String databaseUrl, String... options) throws Exception {
        return start(ProgramCommand.of(heap), port, databaseUrl, options);
    }

    /** Starts the one of another build on a free port. */
    static RunningServer startOf(Path jar, String databaseUrl, String... options) throws Exception {
        return start(ProgramCommand.ofJar(jar, HEAP), 0, databaseUrl, options);
    }

    private static RunningServer start(List<String> program, int port, String databaseUrl, String... options)
            throws Exception {
        var command = new ArrayList<>(program);
        command.addAll(List.of("serve", "--port", Integer.toString(port)));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("DEPLOYTRACE_"));
        builder.environment().put("DEPLOYTRACE_DATABASE_URL", databaseUrl);
        builder.environment().put("DEPLOYTRACE_TOKEN_SECRET", TOKEN_SECRET);
        var server = new RunningServer(builder.start());
        try {
            var unused = server.port.get(60, TimeUnit.SECONDS);
            return server;
        } catch (Exception failure) {
            server.kill();
            throw new IllegalStateException("the server didn't start; it said:\n" + server.said(), failure);
        }
    }

    private void listen(InputStream stream) {
        var listener = new Thread(() -> hear(stream), "server-output");
        listener.setDaemon(true);
        listener.start();
    }

    private void hear(InputStream stream) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
                var address = ADDRESS.matcher(line);
                if (address.find()) {
                    port.complete(Integer.parseInt(address.group(1)));
                }
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    int port() {
        return port.join();
    }

    /** Where it is, without a path. */
    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** What it printed so far. */
    String said() {
        return String.join("\n", said);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        var unused = awaitEnd();
    }

    /** SIGTERM; doesn't wait. */
    void terminate() {
        // Process.destroy would close what it says, too.
        process.toHandle().destroy();
    }

    /** Waits for its end. */
    int awaitEnd() {
        try {
            return process.onExit().get(60, TimeUnit.SECONDS).exitValue();
        } catch (Exception failure) {
            throw new IllegalStateException("the server didn't end; it said:\n" + said(), failure);
        }
    }

    /** Stops it in order, and waits for its end. */
    void stop() {
        terminate();
        var unused = awaitEnd();
    }

    /** The same as {@link #kill()}, since a stop takes a second longer. */
    @Override
    public void close() {
        kill();
    }
}
