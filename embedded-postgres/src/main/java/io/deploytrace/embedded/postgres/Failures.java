package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says what went wrong so that a person can put it right. */
final class Failures {

    private static final int LINES = 5;

    private Failures() {}

    /** What a file operation failed with. */
    static EmbeddedDatabaseException ofFile(String what, IOException failure) {
        return new EmbeddedDatabaseException(what + ": " + reason(failure) + ".", failure);
    }

    private static String reason(IOException failure) {
        var message = String.valueOf(failure.getMessage());
        if (failure instanceof AccessDeniedException) {
            return "permission to write " + message + " is denied";
        }
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return "the disk is full";
        }
        if (message.contains("Read-only file system")) {
            return "the file system is read-only";
        }
        if (failure instanceof NoSuchFileException) {
            return message + " doesn't exist and can't be made";
        }
        return failure instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : message;
    }

    /**
     * What one of PostgreSQL's programs failed with.
     *
     * @param what what couldn't be done
     * @param output what the program and the server said
     * @param log where the server says more, or null
     */
    static EmbeddedDatabaseException ofProgram(String what, String output, @Nullable Path log) {
        return new EmbeddedDatabaseException(
                what + ": " + reason(output) + (log == null ? "" : "\nMore in " + log), null);
    }

    private static String reason(String output) {
        if (output.contains("No space left on device") || output.contains("Disk quota exceeded")) {
            return "the disk is full.";
        }
        if (output.contains("unshare:") || output.contains("cannot be run as root")) {
            return "PostgreSQL doesn't run as root, and this system doesn't let root give up its rights with"
                    + " 'unshare -U'. Run the program as an ordinary user, or use a PostgreSQL server of your own.";
        }
        return "PostgreSQL says:\n  " + lastLines(output).replace("\n", "\n  ");
    }

    private static String lastLines(String text) {
        var lines = text.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
