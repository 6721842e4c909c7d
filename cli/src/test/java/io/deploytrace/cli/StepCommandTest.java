package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepCommandTest {

    private static TestProgram.Result step(String duration) {
        return TestProgram.create().run("step", "Build", "--result", "pass", "--duration", duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0ms", "00m", "12s", "1h30m"})
    void duration_thatAShellCounts_isTaken(String duration) {
        var result = step(duration);

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).startsWith("deploytrace: nothing is recorded: DEPLOYTRACE_TOKEN isn't set.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1s", "soon"})
    void duration_thatIsNone_isWrongUsage(String duration) {
        assertThat(step(duration).exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
