package io.deploytrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins a span of a CI job. */
@Command(
        name = "start",
        description = {
            "In a CI job: begin a span. What follows lies within it, also from other shells and steps, until 'end'.",
            "Prints the span as TRACEPARENT has it, for the tools of this shell."
        },
        footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} start \"Deploy checkout\""})
final class StartCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "What it stands for.")
    private String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    StartCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return environment.jobCommands().start(NotEmpty.require("NAME", name), json);
    }
}
