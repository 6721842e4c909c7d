package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PruneCommandTest {

    @Test
    void prune_dryRun_countsAndRemovesNothing() {
        var program = filled(MemoryProgram.piped());

        assertThat(program.run("prune", "--older-than", "90d", "--dry-run"))
                .isEqualTo(new TestProgram.Result(
                        0,
                        "Would remove 1 trace (4 spans) of workspace acme, written before Mon 2026-08-24 14:20:00 UTC.\n",
                        ""));
        assertThat(program.run("list").out().lines()).hasSize(3);
    }

    @Test
    void prune_removesOldTracesAndSaysWhat() {
        var program = filled(MemoryProgram.piped());

        assertThat(program.run("prune", "--older-than", "90d"))
                .isEqualTo(new TestProgram.Result(
                        0,
                        "Removed 1 trace (4 spans) of workspace acme, written before Mon 2026-08-24 14:20:00 UTC.\n",
                        ""));
        assertThat(program.run("list").out().lines()).hasSize(2);
        assertThat(program.run("prune", "--older-than", "90d").out()).startsWith("Removed 0 traces (0 spans)");
    }

    @Test
    void prune_onTerminal_showsProgressOnStandardError() {
        var result = filled(MemoryProgram.wide(80)).run("prune", "--older-than", "90d");

        assertThat(result.err()).isEqualTo("\r" + "━".repeat(30) + " 1 of 1 traces removed\u001b[K\r\u001b[K");
        assertThat(result.out()).startsWith("Removed 1 trace ").doesNotContain("\u001b");
    }

    @Test
    void prune_json_hasEveryField() {
        assertThat(filled(MemoryProgram.piped())
                        .run("prune", "--older-than", "90d", "--dry-run", "--json")
                        .out())
                .isEqualTo("""
                        {
                          "workspaceId": "0193a4c0-0000-7000-8000-000000000001",
                          "before": "2026-08-24T14:20:00.000000000Z",
                          "dryRun": true,
                          "traces": 1,
                          "spans": 4
                        }
                        """);
    }

    @Test
    void prune_withoutAge_isWrongUsage() {
        var result = filled(MemoryProgram.piped()).run("prune");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--older-than");
    }

    private static MemoryProgram filled(MemoryProgram program) {
        return program.write(Duration.ofDays(100), ListCommandTest.blocked(1))
                .write(Duration.ofDays(89), ListCommandTest.blocked(2));
    }
}
