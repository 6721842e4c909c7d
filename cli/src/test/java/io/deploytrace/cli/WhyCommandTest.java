package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WhyCommandTest {

    @Test
    void why_blockedTarget_isAnsweredAndDone() {
        var result = blocked(MemoryProgram.piped()).run("why", "checkout-production");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        Golden.assertGolden("why-blocked.txt", result.out());
    }

    @Test
    void why_narrowTerminal_fitsTheWidthAndNamesTheOutcomeInItsHue() {
        Golden.assertGolden(
                "why-blocked-60-colour.txt",
                blocked(MemoryProgram.coloured(60))
                        .run("why", "checkout-production")
                        .out());
    }

    @Test
    void why_json_hasEveryField() {
        Golden.assertGolden(
                "why.json",
                blocked(MemoryProgram.piped())
                        .run("why", "checkout-production", "--json")
                        .out());
    }

    @Test
    void why_traceId_answersForThatTrace() {
        var result = blocked(MemoryProgram.piped()).run("why", "%032x".formatted(2));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("Not deployed: v1 was blocked by Approval Policy 2 h ago.\n");
    }

    @Test
    void why_traceIdOfNoTrace_saysWhatItsIdTellsAndIsNotFound() {
        var program = blocked(MemoryProgram.piped());
        var traceId = "01a1111100007c3e4f1c0d2b7a9e8c3f";

        var result = program.run("why", traceId.toUpperCase(java.util.Locale.ROOT));

        assertThat(result.exitCode()).isEqualTo(1);
        Golden.assertGolden("why-no-trace.txt", result.out());
        Golden.assertGolden(
                "why-no-trace.json", program.run("why", traceId, "--json").out());
    }

    @Test
    void why_targetNeverReconciled_saysSoAndIsNotFound() {
        var result = blocked(MemoryProgram.piped()).run("why", "checkout-prod\u001b[31muction");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).startsWith("No reconcile of checkout-prod").doesNotContain("\u001b");
        assertThat(blocked(MemoryProgram.piped()).run("why", "x", "--json").out())
                .contains("\"trace\": null", "\"outcome\": null", "\"blockers\": []");
    }

    @Test
    void why_nothingSince_saysSo() {
        var result = blocked(MemoryProgram.piped()).run("why", "checkout-production", "--since", "5m");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("No reconcile of checkout-production was recorded since 14:15 UTC");
    }

    private static MemoryProgram blocked(MemoryProgram program) {
        return program.write(Duration.ofMinutes(20), ListCommandTest.blocked(1))
                .write(Duration.ofMinutes(10), ListCommandTest.blocked(2));
    }
}
