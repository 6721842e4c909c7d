package io.deploytrace.browser;

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

/** The program in a process of its own. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final CompletableFuture<String> url = new CompletableFuture<>();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    private ServerProcess(Process process) {
        this.process = process;
        listen(process.getInputStream());
        listen(process.getErrorStream());
    }

    /** Starts the program on the database, and waits until it says where it serves. */
    static ServerProcess serve(String databaseUrl, String... arguments) throws Exception {
        var server = new ServerProcess(start(databaseUrl, arguments));
        try {
            var unused = server.url.get(120, TimeUnit.SECONDS);
            return server;
        } catch (Exception e) {
            server.close();
            throw new IllegalStateException("the program didn't serve; it said:\n" + server.said(), e);
        }
    }

    /** Runs the program to its end; what it printed. */
    static String run(String databaseUrl, String... arguments) throws Exception {
        var process = start(databaseUrl, arguments);
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(List.of(arguments) + ": " + err);
        }
        return out.strip();
    }

    private static Process start(String databaseUrl, String... arguments) throws IOException {
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-Xmx512m", "-cp", classPath, "io.deploytrace.cli.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("DEPLOYTRACE_"));
        builder.environment().put("DEPLOYTRACE_DATABASE_URL", databaseUrl);
        builder.environment().put("DEPLOYTRACE_TOKEN_SECRET", Site.TOKEN_SECRET);
        return builder.start();
    }

    private void listen(InputStream stream) {
        var listener = new Thread(() -> hear(stream), "program-output");
        listener.setDaemon(true);
        listener.start();
    }

    private void hear(InputStream stream) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
                var address = ADDRESS.matcher(line);
                if (address.find()) {
                    url.complete(address.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it serves, without a path. */
    String url() {
        return url.join();
    }

    private String said() {
        return String.join("\n", said);
    }

    /** Tells it to stop (SIGTERM), and waits for its exit code. */
    int stop() {
        process.toHandle().destroy();
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        var unused = stop();
    }
}
