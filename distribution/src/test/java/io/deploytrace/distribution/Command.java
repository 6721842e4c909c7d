package io.deploytrace.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a process printed and answered.
 *
 * @param exitCode its exit code
 * @param out standard output
 * @param err standard error
 */
record Command(int exitCode, String out, String err) {

    /** Runs the command in the directory, with these environment variables alone. */
    static Command run(Path directory, Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        var err = Files.createTempFile("command", ".err");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(variables);
            var process = builder.start();
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Command(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
