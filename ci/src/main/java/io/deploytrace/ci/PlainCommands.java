package io.deploytrace.ci;

import io.deploytrace.vocabulary.StepResult;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the commands whose lines are plain. What is wrong or unusual is left to the whole program, which reads the same lines and more. */
final class PlainCommands {

    private final JobCommands commands;
    private final boolean terminal;

    PlainCommands(JobCommands commands, boolean terminal) {
        this.commands = commands;
        this.terminal = terminal;
    }

    /** Runs the command and returns its exit code; empty, and nothing done, if it is for the whole program. */
    Optional<Integer> run(String... arguments) {
        var line = PlainCommandLine.read(arguments);
        if (line == null || line.hasBlanks()) {
            return Optional.empty();
        }
        StepResult result;
        Duration duration;
        try {
            result = result(line);
            duration = duration(line);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(run(line, result, duration));
    }

    private int run(PlainCommandLine line, @Nullable StepResult result, @Nullable Duration duration) {
        var words = line.words();
        var message = line.option("--message");
        return switch (line.command()) {
            case "exec" -> commands.exec(line.option("--name"), words, terminal);
            case "start" -> commands.start(words.get(0), line.has("--json"));
            case "step" -> commands.step(words.get(0), Objects.requireNonNull(result), message, duration);
            case "metadata" -> commands.metadata(words.get(0), words.get(1));
            default -> commands.end(result, message);
        };
    }

    /** @throws IllegalArgumentException if there is no such result, or none where there must be one */
    private static @Nullable StepResult result(PlainCommandLine line) {
        var text = line.option("--result");
        var result = StepResult.ofValue(String.valueOf(text));
        if (result.isEmpty() && (text != null || line.command().equals("step"))) {
            throw new IllegalArgumentException("There is no result " + text);
        }
        return result.orElse(null);
    }

    private static @Nullable Duration duration(PlainCommandLine line) {
        var text = line.option("--duration");
        return text == null ? null : ElapsedTime.parse(text);
    }
}
