package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's programs: initdb, pg_ctl, and the server itself in single-user mode. */
final class Programs {

    /** More than what any of them takes by its own limits. */
    private static final long TIMEOUT_SECONDS = 300;

    private final Binaries binaries;
    private final DataDirectory directory;

    Programs(Binaries binaries, DataDirectory directory) {
        this.binaries = binaries;
        this.directory = directory;
    }

    /**
     * What a program answered.
     *
     * @param exitCode its exit code
     * @param output what it printed, errors too
     */
    record Result(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs a program to its end. */
    Result run(String program, List<String> arguments) throws IOException {
        return run(program, arguments, "");
    }

    /** Runs a program to its end, with the text as its standard input. */
    Result run(String program, List<String> arguments, String input) throws IOException {
        var output = Files.createTempFile(directory.root(), program, ".out");
        try {
            var process =
                    builder(program, arguments).redirectOutput(output.toFile()).start();
            try (var stdin = process.outputWriter()) {
                stdin.write(input);
            } catch (IOException e) {
                // It ended before it read everything; its output says why.
            }
            return new Result(waitFor(program, process), Files.readString(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static int waitFor(String program, Process process) throws IOException {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " didn't end within " + TIMEOUT_SECONDS + " seconds");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + program, e);
        }
    }

    /** PostgreSQL refuses to run as root: in a user namespace of its own it isn't, and its files still belong to root. */
    private ProcessBuilder builder(String program, List<String> arguments) {
        var command = new ArrayList<String>();
        if (DataDirectory.userId() == 0) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.program(program).toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(workingDirectory());
        // The user's own settings for psql and other clusters must not reach this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private java.io.File workingDirectory() {
        return directory.root().toFile();
    }

    Path log() {
        return directory.log();
    }
}
