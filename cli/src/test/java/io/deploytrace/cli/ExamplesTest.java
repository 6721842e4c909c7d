package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every command ends with an example, which is right and is the one in the program reference. */
class ExamplesTest {

    private static final String HEADING = "\nExample:\n";

    /** Stands in for the program: notes how it is called, and fails so that what follows an {@code ||} is called too. */
    private static final String PROGRAM = """
            deploytrace() {
              for word do printf '%s\\0' "$word" >>calls; done
              printf '\\n\\0' >>calls
              return 1
            }
            """;

    @TempDir
    private Path directory;

    static Stream<String> commands() {
        return names(program()).skip(1);
    }

    private static CommandLine program() {
        return Program.commandLine(TestProgram.environment(Map.of()));
    }

    private static Stream<String> names(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec().qualifiedName()),
                command.getSubcommands().values().stream().flatMap(ExamplesTest::names));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void example_callsTheCommandInAWayThatItUnderstands(String name) throws Exception {
        var calls = calls(example(name));

        assertThat(calls).isNotEmpty();
        for (var words : calls) {
            var called = called(program().parseArgs(words.toArray(String[]::new)));
            assertThat(called).startsWith(name);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void example_isTheOneOfTheReference(String name) throws Exception {
        var reference = Files.readString(Path.of("..", "docs", "program.md"));
        var heading = "### `" + name + "`\n";
        var start = reference.indexOf(heading) + heading.length();
        var end = reference.indexOf("\n### `", start);

        assertThat(reference.substring(start, end < 0 ? reference.length() : end))
                .contains("```\n" + example(name).replaceAll("\\bdeploytrace ", "./deploytrace ") + "```\n");
    }

    /** What the last lines of a command's help say, as it is typed. */
    private static String example(String name) {
        var words =
                Stream.concat(Stream.of("help"), Stream.of(name.split(" ", -1)).skip(1));
        var help = TestProgram.create().run(words.toArray(String[]::new)).out();
        assertThat(help).contains(HEADING);
        return help.substring(help.indexOf(HEADING) + HEADING.length()).indent(-2);
    }

    private List<List<String>> calls(String example) throws Exception {
        var shell = new ProcessBuilder("sh", "-c", PROGRAM + example)
                .directory(directory.toFile())
                .start();
        shell.getOutputStream().close();
        assertThat(new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        shell.waitFor();
        var calls = new ArrayList<List<String>>();
        var words = new ArrayList<String>();
        for (var word : Files.readString(directory.resolve("calls")).split("\0", -1)) {
            if (word.equals("\n")) {
                calls.add(List.copyOf(words));
                words.clear();
            } else {
                words.add(word);
            }
        }
        return calls;
    }

    private static String called(CommandLine.ParseResult result) {
        return result.hasSubcommand()
                ? called(result.subcommand())
                : result.commandSpec().qualifiedName();
    }
}
