package io.deploytrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script with which a shell completes the program's commands and options. */
@Command(
        name = "completion",
        description = "Print a script with which a shell completes commands and options.",
        footer = {"", "Example:", "  eval \"$(${ROOT-COMMAND-NAME} completion bash)\""})
final class CompletionCommand implements Runnable {

    /** The shells there is a script for. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    /** The name that the scripts complete, whatever this run was called by. */
    private static final String PROGRAM = "deploytrace";

    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "The shell: bash, zsh or fish.")
    private Shell shell;

    CompletionCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        environment.out().print(script());
    }

    private String script() {
        var program = spec.root();
        return switch (shell) {
            // The script for bash loads what it needs of bash where it runs in zsh.
            case bash, zsh -> AutoComplete.bash(PROGRAM, program.commandLine()) + resource("completion.bash");
            case fish -> resource("completion.fish") + new FishCompletion(PROGRAM).lines(program);
        };
    }

    private static String resource(String name) {
        try (var stream = CompletionCommand.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
