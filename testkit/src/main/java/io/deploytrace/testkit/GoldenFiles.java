package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that people read, one file for each, to be read by a person before they are committed. With {@code -Dgolden.write=true} the files are
 * written instead of compared. Immutable.
 */
public final class GoldenFiles {

    private static final boolean WRITE = Boolean.getBoolean("golden.write");

    private final Path directory;

    private GoldenFiles(Path directory) {
        this.directory = directory;
    }

    /** The files of a directory, below that of the module whose tests run. */
    public static GoldenFiles in(Path directory) {
        return new GoldenFiles(directory);
    }

    /** Whether the files are written, and not compared. */
    public static boolean isWriting() {
        return WRITE;
    }

    /** Fails unless the file of the name holds the text. */
    public void assertHolds(String name, String text) {
        var file = directory.resolve(name);
        try {
            if (WRITE) {
                Files.createDirectories(directory);
                Files.writeString(file, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(text).as("%s; to write it anew: -Dgolden.write=true", file).isEqualTo(read(name));
    }

    /** What the file of the name holds. */
    public String read(String name) {
        var file = directory.resolve(name);
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("There is no golden file " + file + ": run with -Dgolden.write=true", e);
        }
    }
}
