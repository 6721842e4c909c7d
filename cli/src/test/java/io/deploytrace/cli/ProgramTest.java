package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {

    private final TestProgram program = TestProgram.create();

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void version_isThatOfTheBuild(String option) {
        assertThat(program.run(option)).isEqualTo(new TestProgram.Result(0, "deploytrace " + version() + "\n", ""));
    }

    /** Surefire passes the version of the POM. */
    private static String version() {
        return System.getProperty("project.version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void help_goesToStandardOutput(String argument) {
        var result = program.run(argument);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("Usage: deploytrace [-hV] [--verbose] COMMAND\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void noCommand_isWrongUsageAndShowsTheCommands() {
        var result = program.run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("Usage: deploytrace [-hV] [--verbose] COMMAND\n");
    }

    @Test
    void unknownCommand_suggestsTheClosest() {
        assertThat(program.run("hepl")).isEqualTo(new TestProgram.Result(2, "", """
                        deploytrace: Unknown command: 'hepl'
                        Did you mean: deploytrace help or deploytrace completion?
                        Try 'deploytrace --help'.
                        """));
    }

    @Test
    void unknownCommandOfHelp_suggestsTheClosest() {
        assertThat(program.run("help", "hel")).isEqualTo(new TestProgram.Result(2, "", """
                        deploytrace: Unknown command: 'hel'
                        Did you mean: deploytrace help?
                        Try 'deploytrace --help'.
                        """));
    }

    @Test
    void unknownOption_suggestsTheClosest() {
        assertThat(program.run("--verson")).isEqualTo(new TestProgram.Result(2, "", """
                        deploytrace: Unknown option: '--verson'
                        Possible solutions: --version, --verbose
                        Try 'deploytrace --help'.
                        """));
    }
}
