package io.deploytrace.buffer.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How to torture.
 *
 * @param seed what everything follows from: what is written, and what is done to the writers
 * @param duration for how long
 * @param rate how many calls each of the 8 writers makes in a second, at most
 * @param mounted whether the spool is to have a small file system of its own, which root can mount
 * @param directory where the database, the spool and the logs go; made, and removed after a run without findings
 */
record TortureSettings(long seed, Duration duration, int rate, boolean mounted, Path directory) {

    private static final int RATE = 25;

    /** A new directory below {@code target}. */
    static TortureSettings of(long seed, Duration duration, boolean mounted) throws IOException {
        return slow(seed, duration, RATE, mounted);
    }

    /** The same at a rate of one's own. */
    static TortureSettings slow(long seed, Duration duration, int rate, boolean mounted) throws IOException {
        var target = Files.createDirectories(Path.of("target").toAbsolutePath());
        var directory = Files.createTempDirectory(target, "torture-" + seed + "-");
        return new TortureSettings(seed, duration, rate, mounted, directory);
    }

    Path database() {
        return directory.resolve("database");
    }

    Path log() {
        return directory.resolve("writing-process.log");
    }
}
