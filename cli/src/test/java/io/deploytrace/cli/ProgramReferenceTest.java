package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The program reference names every command, option and variable there is, and none that there isn't. */
class ProgramReferenceTest {

    private static final String HEADING = "### `";

    private final String reference = read();

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "program.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The part of each command, by its name. */
    private Map<String, String> parts() {
        var parts = new TreeMap<String, String>();
        for (var part : reference.split("(?m)^(?=### `)", -1)) {
            if (part.startsWith(HEADING)) {
                parts.put(part.substring(HEADING.length(), part.indexOf('`', HEADING.length())), part);
            }
        }
        return parts;
    }

    private static List<CommandLine> commands() {
        var found = new ArrayList<CommandLine>();
        collect(Program.commandLine(TestProgram.environment(Map.of())), found);
        return found.subList(1, found.size());
    }

    private static void collect(CommandLine command, List<CommandLine> found) {
        found.add(command);
        command.getSubcommands().values().forEach(next -> collect(next, found));
    }

    @Test
    void reference_hasAPartForEachCommand() {
        assertThat(parts().keySet())
                .containsExactlyInAnyOrderElementsOf(commands().stream()
                        .map(command -> command.getCommandSpec().qualifiedName())
                        .toList());
    }

    @Test
    void part_ofACommand_namesItsOptionsAndNoOthers() {
        var parts = parts();
        for (var command : commands()) {
            var name = command.getCommandSpec().qualifiedName();
            assertThat(documented(parts.get(name))).as(name).containsExactlyInAnyOrderElementsOf(arguments(command));
        }
    }

    /** What stands in the first column of the part's table. */
    private static List<String> documented(String part) {
        return part.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> List.of(
                        line.split(" \\| ", -1)[0].replaceAll("[|` ]", "").split(",", -1))
                        .stream())
                .toList();
    }

    private static List<String> arguments(CommandLine command) {
        return command.getCommandSpec().args().stream()
                .filter(argument -> !argument.hidden() && !isInherited(argument))
                .map(argument -> argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel())
                .toList();
    }

    private static boolean isInherited(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.inherited();
    }

    @Test
    void reference_namesTheVariableOfEachOption() {
        EnvironmentDefaults.VARIABLES.forEach(
                (option, variable) -> assertThat(reference).contains("| `" + option + "` | `" + variable + "` |"));
    }

    @Test
    void help_ofACommand_namesTheVariableOfEachOption() {
        for (var command : commands()) {
            for (var option : command.getCommandSpec().options()) {
                var variable = EnvironmentDefaults.variable(option);
                if (variable != null) {
                    assertThat(String.join(" ", option.description())).contains("(" + variable + ")");
                }
            }
        }
    }
}
