package io.deploytrace.cli;

import io.deploytrace.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A shell command that listens to events, and the lines it printed. */
final class EventListener implements AutoCloseable {

    private static final String ID = "id: ";

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private EventListener(Process process) {
        this.process = process;
        var reader = new Thread(this::read, "event-listener");
        reader.setDaemon(true);
        reader.start();
    }

    static EventListener start(String command, Map<String, String> variables) throws IOException {
        var builder = new ProcessBuilder("sh", "-c", "exec " + command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        return new EventListener(builder.start());
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException killed) {
            lines.add("ended");
        }
    }

    /** Waits for a line. */
    String await(Predicate<String> wanted) {
        Await.until(() -> lines.stream().anyMatch(wanted) || !process.isAlive());
        return lines.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("ended; it printed:\n" + String.join("\n", lines)));
    }

    /** Waits for the event of a trace's revision. */
    void awaitTrace(String traceId, int revision) {
        var unused = await(line -> line.startsWith("data: ")
                && line.contains("\"traceId\":\"" + traceId + "\"")
                && line.contains("\"revision\":" + revision));
    }

    /** The id that came last, waited for. */
    String lastId() {
        await(line -> line.startsWith(ID));
        return lines.stream()
                .filter(line -> line.startsWith(ID))
                .reduce("", (earlier, later) -> later)
                .substring(ID.length());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
