package io.deploytrace.ci;

import io.deploytrace.vocabulary.StepResult;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of a CI job do, however their arguments were read. Each returns the exit code: 0, and for {@link #exec} that of the command
 * that was run. Not safe for use by several threads.
 */
public final class JobCommands {

    private static final int DONE = 0;

    private final Map<String, String> variables;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Clock clock;

    /**
     * The commands in this environment.
     *
     * @param variables the environment variables; not null
     * @param out takes what commands print as data; not null
     * @param err takes all else that they say; not null
     * @param clock tells the time; not null
     */
    public JobCommands(Map<String, String> variables, PrintWriter out, PrintWriter err, Clock clock) {
        this.variables = Map.copyOf(variables);
        this.out = Objects.requireNonNull(out, "out");
        this.err = Objects.requireNonNull(err, "err");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    private JobRecorder recorder() {
        return new JobRecorder(variables, err, clock);
    }

    /**
     * Begins a span, and prints it as {@code TRACEPARENT} has it.
     *
     * @param name what it stands for; not null
     * @param json whether to print JSON
     */
    public int start(String name, boolean json) {
        var traceparent = recorder().start(name);
        if (traceparent.isPresent()) {
            out.println(json ? json(traceparent.get()) : traceparent.get());
        }
        out.flush();
        return DONE;
    }

    private static String json(String traceparent) {
        var text = new StringWriter();
        try (var json = SpanMessage.JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("traceparent", traceparent);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Records a step that is over.
     *
     * @param name what it was; not null
     * @param result what became of it; not null
     * @param message what came of it; null if there is nothing to say
     * @param duration how long it took until now, at most {@link ElapsedTime#LONGEST}; null if that isn't known
     */
    public int step(String name, StepResult result, @Nullable String message, @Nullable Duration duration) {
        recorder().step(name, result == StepResult.FAIL, message, duration == null ? Duration.ZERO : duration);
        return DONE;
    }

    /**
     * Adds metadata to the open span.
     *
     * @param key its key; not null
     * @param value its value; not null
     */
    public int metadata(String key, String value) {
        recorder().metadata(key, value);
        return DONE;
    }

    /**
     * Ends the span that {@link #start} began last.
     *
     * @param result what became of it; null if that is for the steps within it to say
     * @param message what came of it; null if there is nothing to say
     */
    public int end(@Nullable StepResult result, @Nullable String message) {
        recorder().end(result == null ? null : result == StepResult.FAIL, message);
        return DONE;
    }

    /**
     * Runs a command as a span, with this process's own input, output and errors. Signals that tell this process to end go on to the command; one
     * that ends the command ends this process too.
     *
     * @param name what the span is called; null for the command's file name
     * @param command the command and its arguments; at least one word
     * @param terminal whether there is a terminal, which sends Ctrl-C to the command by itself
     * @return the command's exit code; 126 and 127 where there is none to run, as a shell has it
     */
    public int exec(@Nullable String name, List<String> command, boolean terminal) {
        var executable = new File(command.get(0)).getName();
        var span = recorder().begin(name == null ? executable : name, executable);
        var ended = new ChildCommand(command, terminal).run(span.variables());
        if (!ended.started()) {
            new Warnings(err).say(String.valueOf(ended.message()));
        }
        span.end(ended.exitCode(), ended.message());
        if (ended.signal() != null) {
            SignalHandlers.endBy(ended.signal());
        }
        return ended.exitCode();
    }
}
