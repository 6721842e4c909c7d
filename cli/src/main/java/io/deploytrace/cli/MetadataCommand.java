package io.deploytrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds metadata to a span of a CI job. */
@Command(
        name = "metadata",
        description = "In a CI job: add a fact to the open span, such as what was built.",
        footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} metadata image checkout:5.3.5"})
final class MetadataCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(
            index = "0",
            paramLabel = "KEY",
            description = "Its name. Values of names such as 'api_token' are masked.")
    private String key;

    @Parameters(index = "1", paramLabel = "VALUE", description = "Its value, kept as text.")
    private String value;

    MetadataCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return environment.jobCommands().metadata(NotEmpty.require("KEY", key), value);
    }
}
