package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListCommandTest {

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120, 200})
    void list_onTerminal_fitsTheWidth(int width) {
        var result = filled(MemoryProgram.wide(width)).run("list");

        assertThat(result.out().lines()).allMatch(line -> CharacterWidth.of(line) <= width);
        Golden.assertGolden("list-" + width + ".txt", result.out());
    }

    @Test
    void list_inColour_paintsOutcomes() {
        Golden.assertGolden(
                "list-120-colour.txt",
                filled(MemoryProgram.coloured(120)).run("list").out());
    }

    @Test
    void list_inPipe_cutsNothing() {
        var result = filled(MemoryProgram.piped()).run("list");

        assertThat(result.out()).contains("00000000000000000000000000000003").doesNotContain("…");
    }

    @Test
    void list_json_hasEveryField() {
        Golden.assertGolden(
                "list.json", filled(MemoryProgram.piped()).run("list", "--json").out());
    }

    @Test
    void list_limit_saysOnStandardErrorHowToGoOn() {
        var program = filled(MemoryProgram.piped());

        var first = program.run("list", "--limit", "2");
        var cursor = first.err().strip().replaceFirst(".*--cursor ", "");
        var second = program.run("list", "--limit", "2", "--cursor", cursor);

        assertThat(first.err()).startsWith("There are more: add --cursor ");
        assertThat(first.out().lines()).hasSize(3);
        assertThat(second.out().lines()).hasSize(2);
        assertThat(second.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--outcome,blocked,00000000000000000000000000000001",
        "--target,search-staging,00000000000000000000000000000003",
        "--release,v1,00000000000000000000000000000001",
        "--job,deploy-1,00000000000000000000000000000003",
        "--status,blocked,00000000000000000000000000000001",
        "--phase,execution,00000000000000000000000000000003",
        "--node-type,action,00000000000000000000000000000003",
        "--since,30m,00000000000000000000000000000003",
        "--until,2026-11-21T14:20:00Z,00000000000000000000000000000001"
    })
    void list_filter_printsWhatMatches(String option, String value, String traceId) {
        var result = filled(MemoryProgram.piped()).run("list", option, value);

        assertThat(result.out().lines().skip(1)).singleElement().asString().endsWith(traceId);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--outcome|good|--outcome must be one of running, deployed, blocked, waiting, ineligible, failed, skipped, but is 'good'",
                "--status|Failed|--status must be one of running, completed, failed, allowed, blocked, pending, skipped, but is 'Failed'",
                "--phase|plan|--phase must be one of reconciliation, planning, eligibility, execution, action, external, but is 'plan'",
                "--node-type|x|--node-type must be one of phase, evaluation, check, decision, action, but is 'x'",
                "--limit|x|Invalid value for option '--limit': 'x' is not a whole number",
                "--limit|0|--limit must be 1 to 1000, but is 0",
                "--since|yesterday|'yesterday' is neither a duration such as 24h or 7d",
                "--cursor|nonsense|cursor"
            })
    void list_wrongValue_isWrongUsageThatNamesTheRemedy(String option, String value, String message) {
        var result = filled(MemoryProgram.piped()).run("list", option, value);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(message).contains("Try 'deploytrace list --help'.");
    }

    @Test
    void list_nothingMatches_saysSoAndIsDone() {
        assertThat(MemoryProgram.piped().run("list")).isEqualTo(new TestProgram.Result(0, "", "No trace matches.\n"));
        assertThat(MemoryProgram.piped().run("list", "--json").out()).isEqualTo("""
                {
                  "traces": [],
                  "nextCursor": null
                }
                """);
    }

    private static MemoryProgram filled(MemoryProgram program) {
        return program.write(Duration.ofDays(3), blocked(1))
                .write(Duration.ofMinutes(50), nameless())
                .write(Duration.ofMinutes(11), failed());
    }

    static List<Span> blocked(int number) {
        var trace = new TestTrace(number, Map.of("release_target_key", "checkout-production", "release_id", "v1"));
        var root = trace.add(-1, "Reconciliation", 40, Map.of("status", "completed", "phase", "reconciliation"));
        var planning = trace.add(root, "Planning", 30, Map.of("status", "completed", "phase", "planning"));
        trace.add(
                planning,
                "Approval Policy",
                20,
                Map.of(
                        "status", "blocked",
                        "result", "blocked",
                        "phase", "planning",
                        "node_type", "evaluation",
                        "rule_id", "production-approval",
                        "message", "1 of 2 approvals (alice)"),
                TestTrace.event("required_approvals", 2),
                TestTrace.event("approved_by", List.of("alice")));
        trace.add(
                planning,
                "Don't deploy v1",
                0,
                Map.of("status", "failed", "decision", "rejected", "phase", "planning", "node_type", "decision"));
        return trace.spans();
    }

    private static List<Span> nameless() {
        var trace = new TestTrace(2, Map.of());
        trace.add(-1, "\u001b[2J", -1, Map.of("status", "running", "release_target_key", "数据库\u001b[31m\n迁移"));
        return trace.spans();
    }

    static List<Span> failed() {
        var trace = new TestTrace(3, Map.of("release_target_key", "search-staging", "release_id", "search@v2.4.6"));
        var root = trace.add(-1, "Reconciliation", 62_000, Map.of("status", "failed", "trigger", "version.created"));
        trace.add(
                root,
                "Job: github-action",
                60_000,
                Map.of(
                        "status", "failed",
                        "phase", "execution",
                        "node_type", "action",
                        "job_type", "github-action",
                        "job_id", "deploy-1",
                        "message", "The workflow deploy.yml failed in \"terraform apply\" with exit code 7"));
        return trace.spans();
    }
}
