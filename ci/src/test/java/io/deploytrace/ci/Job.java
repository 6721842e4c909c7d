package io.deploytrace.ci;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A job whose commands run one after another, each with a recorder of its own. */
final class Job {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Map<String, String> variables = new HashMap<>();
    private final Path directory;
    private final StringWriter warnings = new StringWriter();

    Job(Path directory, String url) {
        this.directory = directory;
        with("DEPLOYTRACE_STATE_DIR", directory.toString())
                .with("DEPLOYTRACE_TOKEN", Sending.TOKEN)
                .with("DEPLOYTRACE_URL", url);
    }

    Job with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    JobRecorder command() {
        return command(Map.of());
    }

    /** A command that has more variables, as one within another has. */
    JobRecorder command(Map<String, String> more) {
        var all = new HashMap<>(variables);
        all.putAll(more);
        return new JobRecorder(all, new PrintWriter(warnings), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** What was said since this was asked last. */
    List<String> said() {
        var said = warnings.toString().lines().toList();
        warnings.getBuffer().setLength(0);
        return said;
    }

    Path file() {
        return directory
                .resolve("deploytrace-" + System.getProperty("user.name"))
                .resolve(JobSettings.of(variables).key() + ".json");
    }

    String text() throws IOException {
        return Files.readString(file());
    }

    JobState state() throws IOException {
        return change(UnaryOperator.identity());
    }

    JobState change(UnaryOperator<JobState> change) throws IOException {
        return SharedTrace.open(variables, new Warnings(new PrintWriter(warnings)))
                .change(change);
    }
}
