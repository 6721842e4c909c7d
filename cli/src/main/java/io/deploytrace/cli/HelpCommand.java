package io.deploytrace.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows how to use the program or one of its commands. */
@Command(
        name = "help",
        description = "Show how to use a command.",
        footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} help token"})
final class HelpCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, such as: workspace create.")
    private List<String> path = List.of();

    @Override
    public void run() {
        var command = spec.parent().commandLine();
        for (var name : path) {
            var next = command.getSubcommands().get(name);
            if (next == null) {
                throw new UnmatchedArgumentException(command, List.of(name));
            }
            command = next;
        }
        command.usage(spec.commandLine().getOut());
    }
}
