package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands that compare: {@code diff}, {@code history} and {@code fanout}. */
class ComparingCommandsTest {

    private static final String TARGET = "checkout-production";

    private static MemoryProgram filled() {
        return MemoryProgram.piped()
                .write(Duration.ofMinutes(30), ListCommandTest.blocked(1))
                .write(Duration.ofMinutes(20), ListCommandTest.blocked(2));
    }

    @Test
    void diff_ofATargetOfOneOutcome_saysSo() {
        var result = filled().run("diff", TARGET);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("All reconciles of " + TARGET + " had the same outcome: ");
    }

    @Test
    void diff_ofNothing_isNotFound() {
        var result = filled().run("diff", "no-such-target");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("no-such-target");
        assertThat(filled().run("diff", "f".repeat(32), "e".repeat(32)).exitCode())
                .isEqualTo(1);
    }

    @Test
    void diff_ofOneTrace_asksForAnother() {
        var result = filled().run("diff", "0".repeat(31) + "1");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("give a second one to compare it with");
        assertThat(filled().run("diff").exitCode()).isEqualTo(2);
    }

    @Test
    void history_foldsWhatIsTheSame() {
        var result = filled().run("history", TARGET);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).hasSize(2).last().asString().contains("blocked", "2 times");
        assertThat(filled().run("history", TARGET, "--json").out()).contains("\"lines\"", "\"nextCursor\"");
    }

    @Test
    void history_ofNothing_isNotFound_andABadLimitWrongUsage() {
        assertThat(filled().run("history", "no-such-target").exitCode()).isEqualTo(1);
        assertThat(filled().run("history", TARGET, "--limit", "0").exitCode()).isEqualTo(2);
        assertThat(filled().run("history", TARGET, "--cursor", "nonsense").exitCode())
                .isEqualTo(2);
    }

    @Test
    void fanout_saysWhatStandsInTheWay() {
        var result = filled().run("fanout", "v1");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("0 of 1 target", "blocked by Approval Policy", TARGET);
    }

    @Test
    void fanout_ofNothing_isNotFound() {
        var result = filled().run("fanout", "no-such-release");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("no-such-release");
        assertThat(filled().run("fanout", "no-such-release", "--json").out()).contains("\"groups\"");
    }

    @Test
    void whatIsntOnRecord_mayHaveBeenRemovedOrBeCalledOtherwise() {
        var program = filled().retaining(Duration.ofDays(30));

        for (var command : List.of("diff", "history")) {
            assertThat(program.run(command, "checkout-prodution").out())
                    .startsWith("No reconcile of checkout-prodution is on record.\nDid you mean " + TARGET + "?\n")
                    .endsWith("\nRecords are kept for 30 d here; what is older is removed.\n");
        }
        for (var words : List.of(List.of("fanout", "v9"), List.of("history", TARGET, "--since", "1m"))) {
            assertThat(program.run(words.toArray(String[]::new)).out())
                    .startsWith("No reconcile of " + words.get(1) + " is on record")
                    .doesNotContain("Did you mean")
                    .endsWith("\nRecords are kept for 30 d here; what is older is removed.\n");
        }
    }
}
