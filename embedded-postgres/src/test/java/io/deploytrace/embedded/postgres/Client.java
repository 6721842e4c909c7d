package io.deploytrace.embedded.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program that has a shared database open, in a process of its own. */
final class Client implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private Client(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What runs in the other process: opens the database, says on which port, and closes it when told to. */
    public static void main(String[] args) throws IOException {
        try (var database = SharedDatabase.open(Path.of(args[0]))) {
            System.out.println(database.port());
            var unused = System.in.read();
        } catch (EmbeddedDatabaseException e) {
            System.out.println(e.getMessage());
        }
        System.out.println("closed");
    }

    /** Starts the process; {@link #port()} waits until it has the database open. */
    static Client start(Path dataDirectory) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Client.class.getName(),
                dataDirectory.toString());
        return new Client(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Where the other process found the server. */
    int port() throws IOException {
        return Integer.parseInt(output.readLine());
    }

    /** Lets it close the database. */
    void askToLeave() throws IOException {
        process.getOutputStream().close();
    }

    /** Lets it close the database and waits for its end. */
    void leave() throws IOException, InterruptedException {
        askToLeave();
        if (!"closed".equals(output.readLine())) {
            throw new IllegalStateException("the other program didn't close the database");
        }
        awaitEnd();
    }

    /** SIGTERM, as Ctrl-C or a service that stops. */
    void terminate() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the other program didn't end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
