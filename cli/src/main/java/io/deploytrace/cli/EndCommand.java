package io.deploytrace.cli;

import io.deploytrace.vocabulary.StepResult;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends a span of a CI job. */
@Command(
        name = "end",
        description =
                "In a CI job: end the span that 'start' began last, and say what the server hasn't been told yet.",
        footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} end --message \"5 of 5 pods ready\""})
final class EndCommand implements Callable<Integer> {

    private final Environment environment;

    @Option(
            names = "--result",
            paramLabel = "RESULT",
            converter = StepResultConverter.class,
            completionCandidates = StepResultWords.class,
            description = "What became of it: ${COMPLETION-CANDIDATES}. By default it failed if a step within it did.")
    private @Nullable StepResult result;

    @Option(names = "--message", paramLabel = "TEXT", description = "What came of it, in a sentence.")
    private @Nullable String message;

    EndCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return environment.jobCommands().end(result, message);
    }
}
