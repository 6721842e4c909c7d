package io.deploytrace.buffer.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The disk of the spool: a small one of its own if it may be mounted, otherwise one that pretends to be full. */
final class SpoolDisk implements AutoCloseable {

    private final Path spool;

    /** Null where the writing process itself pretends. */
    private final @Nullable Path mounted;

    private SpoolDisk(Path spool, @Nullable Path mounted) {
        this.spool = spool;
        this.mounted = mounted;
    }

    static SpoolDisk prepare(TortureSettings settings) throws IOException {
        if (settings.mounted()) {
            var directory = Files.createDirectories(settings.directory().resolve("mounted"));
            if (run("mount", "-t", "tmpfs", "-o", "size=64m", "deploytrace-torture", directory.toString())) {
                return new SpoolDisk(directory.resolve("spool"), directory);
            }
        }
        return new SpoolDisk(settings.directory().resolve("spool"), null);
    }

    Path spool() {
        return spool;
    }

    void fill(TorturedProcess writer) throws IOException {
        if (mounted == null) {
            writer.tell(WritingProcess.FULL);
            return;
        }
        var block = new byte[4_096];
        try (var ballast = Files.newOutputStream(ballast(mounted))) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException full) {
            requireFull(full);
        }
    }

    private static void requireFull(IOException failure) throws IOException {
        if (!String.valueOf(failure.getMessage()).contains("No space left")) {
            throw failure;
        }
    }

    void makeRoom(TorturedProcess writer) throws IOException {
        if (mounted == null) {
            writer.tell(WritingProcess.ROOM);
        } else {
            Files.deleteIfExists(ballast(mounted));
        }
    }

    private static Path ballast(Path directory) {
        return directory.resolve("ballast");
    }

    @Override
    public String toString() {
        return mounted == null ? "pretends to be full" : "a tmpfs of 64 MiB";
    }

    @Override
    public void close() throws IOException {
        if (mounted != null && !run("umount", mounted.toString())) {
            throw new IOException("umount " + mounted + " failed");
        }
    }

    private static boolean run(String... command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
