package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.cli.WholeCommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The two readers of the command lines of CI jobs take them for the same. */
class PlainCommandLineTest {

    private static final List<String> COMMANDS = List.of("exec", "start", "step", "metadata", "end");

    private static final List<String> WORDS = List.of(
            "--name",
            "--result",
            "--message",
            "--duration",
            "--json",
            "--",
            "pass",
            "fail",
            "12s",
            "word",
            "two words",
            "@file",
            "--name=a=b",
            "--message=",
            "--result=pass",
            "--nam",
            "-h",
            "-",
            "--verbose",
            "--unknown",
            "'quoted'",
            "a=b");

    /** What a reader understood; picocli keeps the words of an option with its name alone. */
    private record Line(Map<String, String> options, List<String> words) {}

    @Test
    void generatedLines_areReadAsPicocliReadsThem() {
        var random = new Random(11);
        var plain = 0;
        for (var i = 0; i < 20_000; i++) {
            var arguments = line(random);
            var read = PlainCommandLine.read(arguments.toArray(String[]::new));
            if (read != null && hasValuesThatConvert(read)) {
                plain++;
                assertThat(ofPlain(read)).as(arguments.toString()).isEqualTo(ofPicocli(arguments));
            }
        }
        assertThat(plain).isGreaterThan(500);
    }

    private static List<String> line(Random random) {
        var arguments = new ArrayList<String>();
        arguments.add(COMMANDS.get(random.nextInt(COMMANDS.size())));
        IntStream.range(0, random.nextInt(6)).forEach(i -> arguments.add(WORDS.get(random.nextInt(WORDS.size()))));
        if (arguments.get(0).equals("step") && random.nextBoolean()) {
            arguments.addAll(1, List.of("--result", "pass"));
        }
        return arguments;
    }

    /** What isn't so is refused by both, with picocli's words. */
    private static boolean hasValuesThatConvert(PlainCommandLine line) {
        var results = line.command().equals("step") ? Set.of("pass", "fail") : Set.of("", "pass", "fail");
        return results.contains(option(line, "--result")) && Set.of("", "12s").contains(option(line, "--duration"));
    }

    private static String option(PlainCommandLine line, String name) {
        var value = line.option(name);
        return value == null ? "" : value;
    }

    private static Line ofPlain(PlainCommandLine line) {
        var options = new TreeMap<String, String>();
        for (var name : List.of("--name", "--result", "--message", "--duration")) {
            var value = line.option(name);
            if (value != null) {
                options.put(name, value);
            }
        }
        if (line.has("--json")) {
            options.put("--json", "true");
        }
        return new Line(options, line.words());
    }

    private static Line ofPicocli(List<String> arguments) {
        var parsed = program().parseArgs(arguments.toArray(String[]::new)).subcommand();
        var options = parsed.matchedOptions().stream()
                .collect(Collectors.toMap(
                        OptionSpec::longestName, PlainCommandLineTest::text, (a, b) -> b, TreeMap::new));
        var words = parsed.matchedPositionals().stream()
                .flatMap(positional -> positional.originalStringValues().stream())
                .toList();
        return new Line(options, words);
    }

    private static String text(OptionSpec option) {
        var texts = option.originalStringValues();
        return texts.isEmpty() ? "true" : texts.get(0);
    }

    private static CommandLine program() {
        return WholeCommandLine.create();
    }

    @Test
    void plainOptions_areThoseOfTheProgram() {
        for (var command : COMMANDS) {
            var spec = program().getSubcommands().get(command).getCommandSpec();
            var own = spec.options().stream()
                    .filter(option -> !option.inherited())
                    .map(OptionSpec::longestName);
            assertThat(new TreeSet<>(PlainCommandLine.options(command)))
                    .as(command)
                    .isEqualTo(own.collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec --help",
                "step",
                "step --result",
                "start",
                "start a b",
                "metadata a",
                "end now",
                "--help",
                "list"
            })
    void whatIsNotPlain_isLeftToTheProgram(String line) {
        assertThat(PlainCommandLine.read(line.split(" ", -1))).isNull();
    }
}
