package io.deploytrace.cli;

import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server in a process of its own, with what it prints. */
final class ServeProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+)");

    private final Process process;
    private final Path out;
    private final Path err;

    private ServeProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static ServeProcess start(Path directory, Map<String, String> variables, String... arguments) throws IOException {
        var command = new ArrayList<>(ProgramCommand.of());
        command.addAll(List.of("serve", "--port", "0"));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(directory, "serve", ".out");
        var err = Files.createTempFile(directory, "serve", ".err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DEPLOYTRACE_"));
        builder.environment().put("XDG_DATA_HOME", directory.toString());
        builder.environment().putAll(variables);
        return new ServeProcess(builder.start(), out, err);
    }

    /** Where it listens, once it does. */
    String url() {
        Await.until(() -> !process.isAlive() || LISTENING.matcher(err()).find());
        var matcher = LISTENING.matcher(err());
        if (!matcher.find()) {
            throw new IllegalStateException("The server ended: " + err());
        }
        return matcher.group(1);
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells it to stop, as {@code kill} does. */
    void terminate() {
        process.destroy();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The server still runs: " + err());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
