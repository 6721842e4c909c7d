package io.deploytrace.buffer.torture;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process of this program's classes as its parent has it: it is given commands, heard, and killed. */
final class TorturedProcess {

    private final Process process;
    private final Thread ear;
    private final CountDownLatch ready = new CountDownLatch(1);

    private TorturedProcess(Process process, Consumer<String> lines) {
        this.process = process;
        this.ear = new Thread(() -> hear(lines), "ear");
        ear.setDaemon(true);
        ear.start();
    }

    /**
     * Starts it.
     *
     * @param log where what it prints beside its reports is appended
     * @param lines takes its reports
     */
    static TorturedProcess start(Class<?> program, List<String> arguments, Path log, Consumer<String> lines)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(arguments);
        return new TorturedProcess(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
                        .start(),
                lines);
    }

    private void hear(Consumer<String> lines) {
        try (var reports =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = reports.readLine(); line != null; line = reports.readLine()) {
                lines.accept(line);
                if (line.startsWith("said ready")) {
                    ready.countDown();
                }
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    void awaitReady() throws IOException {
        try {
            if (!ready.await(60, TimeUnit.SECONDS)) {
                throw new IOException("the process didn't start, see its log");
            }
        } catch (InterruptedException interrupted) {
            throw interruptedIO(interrupted);
        }
    }

    /** Does nothing if the process has ended. */
    void tell(String command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException ended) {
            // Whoever waits for its end will find that.
        }
    }

    /** SIGTERM, as a container is told to end. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL. By its handle: a process that is destroyed itself loses what it wrote and nobody read yet. */
    void kill() throws IOException {
        process.toHandle().destroyForcibly();
        awaitEnd(60);
    }

    /** Waits for its end, and until its last report was heard. */
    boolean awaitEnd(int seconds) throws IOException {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                return false;
            }
            ear.join();
            return true;
        } catch (InterruptedException interrupted) {
            throw interruptedIO(interrupted);
        }
    }

    private static IOException interruptedIO(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", interrupted);
    }
}
