package io.deploytrace.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command of a CI job as a span. */
@Command(
        name = "exec",
        description = "In a CI job: run a command as a span under the job, and pass its output and exit code through.",
        footer = {
            "",
            "DEPLOYTRACE_TOKEN is the job's token, DEPLOYTRACE_URL the server. The command's own tools find TRACEPARENT"
                    + " and the variables of OpenTelemetry's exporters.",
            "",
            "Example:",
            "  ${ROOT-COMMAND-NAME} exec --name Test -- make test"
        })
final class ExecCommand implements Callable<Integer> {

    private final Environment environment;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the span is called. By default the command's file name.")
    private @Nullable String name;

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description =
                    "The command and its arguments, after '--'. Arguments aren't recorded: they may hold secrets.")
    private List<String> command;

    ExecCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return environment
                .jobCommands()
                .exec(
                        name == null ? null : NotEmpty.require("--name", name),
                        command,
                        environment.terminal().any());
    }
}
