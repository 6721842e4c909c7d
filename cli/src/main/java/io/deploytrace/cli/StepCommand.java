package io.deploytrace.cli;

import io.deploytrace.vocabulary.StepResult;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records a step of a CI job that is over. */
@Command(
        name = "step",
        description = "In a CI job: record a step that is over.",
        footer = {
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} step \"Check endpoints\" --result fail --message \"503 from /health\" --duration 12s"
        })
final class StepCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "What it was.")
    private String name;

    @Option(
            names = "--result",
            required = true,
            paramLabel = "RESULT",
            converter = StepResultConverter.class,
            completionCandidates = StepResultWords.class,
            description =
                    "What became of it: ${COMPLETION-CANDIDATES}. A failed step is a failure of what surrounds it.")
    private StepResult result;

    @Option(names = "--message", paramLabel = "TEXT", description = "What came of it, in a sentence.")
    private @Nullable String message;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            converter = ElapsedConverter.class,
            description = "How long it took until now: 12s, 1m30s. By default no time.")
    private @Nullable Duration duration;

    StepCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return environment.jobCommands().step(NotEmpty.require("NAME", name), result, message, duration);
    }
}
