package io.deploytrace.cli;

import static io.deploytrace.cli.TestTrace.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.TraceTree;
import io.deploytrace.span.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeDrawingTest {

    private static final Instant NOW = TestTrace.START.plus(Duration.ofHours(2));

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120, 200})
    void draw_failedJobWithPipeline_fitsTheWidth(int width) {
        var lines = draw(failedWithPipeline(), new Screen(width, false, Glyphs.UNICODE, NOW));

        assertThat(lines).allMatch(line -> CharacterWidth.of(line) <= width);
        Golden.assertGolden("tree-" + width + ".txt", String.join("\n", lines) + "\n");
    }

    @Test
    void draw_unlimited_cutsNothing() {
        var lines = draw(failedWithPipeline(), new Screen(Screen.UNLIMITED, false, Glyphs.UNICODE, NOW));

        Golden.assertGolden("tree-unlimited.txt", String.join("\n", lines) + "\n");
    }

    @Test
    void draw_inColour_paintsTheSameText() {
        var plain = draw(failedWithPipeline(), new Screen(120, false, Glyphs.UNICODE, NOW));
        var coloured = draw(failedWithPipeline(), new Screen(120, true, Glyphs.UNICODE, NOW));

        assertThat(coloured.stream().map(TreeDrawingTest::withoutColour)).isEqualTo(plain);
        Golden.assertGolden("tree-120-colour.txt", String.join("\n", coloured) + "\n");
    }

    @Test
    void draw_asciiSigns_areAscii() {
        var lines = draw(failedWithPipeline(), new Screen(120, false, Glyphs.ASCII, NOW));

        assertThat(String.join("", lines).chars()).allMatch(c -> c < 0x7F);
        Golden.assertGolden("tree-120-ascii.txt", String.join("\n", lines) + "\n");
    }

    @Test
    void draw_brokenTrace_showsOpenOrphanedAndCircularSpans() {
        var trace = new TestTrace(1, Map.of());
        var root = trace.add(-1, "Reconciliation", -1, Map.of("status", "running"));
        trace.add(root, "Planning", 40, Map.of("status", "completed"));
        trace.add(77, "Check pods", 12, Map.of("status", "something else"));
        trace.add(4, "Chicken", 1, Map.of());
        trace.add(3, "Egg", 1, Map.of());

        var lines = draw(trace.spans(), new Screen(100, false, Glyphs.UNICODE, NOW));

        Golden.assertGolden("tree-broken.txt", String.join("\n", lines) + "\n");
    }

    @Test
    void draw_hostileTexts_reachTheTerminalHarmless() {
        var trace = new TestTrace(1, Map.of());
        var root =
                trace.add(-1, "\u001b]0;owned\u0007\u001b[2J", 1, Map.of("status", "\u001b[31mfailed", "result", "\r"));
        trace.add(
                root,
                "数据库迁移".repeat(40),
                2,
                Map.of("message", "line one\nline two \u009b31m \u202e" + "long ".repeat(500), "status", ""),
                event("\u0000key\u001b", "\u001b[0m" + "x".repeat(5_000)));
        trace.add(root, "", 3, Map.of("message", "", "decision", ""));
        trace.add(root, "\ud83d", 4, Map.of("message", "e\u0301".repeat(300)));

        var lines = draw(trace.spans(), new Screen(80, false, Glyphs.UNICODE, NOW));

        assertThat(String.join("", lines).codePoints())
                .noneMatch(
                        c -> Character.isISOControl(c) || c == 0x202E || Character.getType(c) == Character.SURROGATE);
        assertThat(lines).allMatch(line -> CharacterWidth.of(line) <= 80);
        Golden.assertGolden("tree-hostile.txt", String.join("\n", lines) + "\n");
    }

    @Test
    void draw_tenThousandSpansInOneChain_comesToAnEnd() {
        var trace = new TestTrace(1, Map.of());
        for (var i = 0; i < 10_000; i++) {
            trace.add(i - 1, "step " + i, 1, Map.of("status", "completed"));
        }

        var lines = draw(trace.spans(), new Screen(100, false, Glyphs.UNICODE, NOW));

        assertThat(lines).hasSize(10_000);
        assertThat(lines.get(9_999)).contains("9999: step 9999").hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void draw_tenThousandSpansSideBySide_areAllThere() {
        var trace = new TestTrace(1, Map.of());
        trace.add(-1, "root", 1, Map.of());
        for (var i = 1; i < 10_000; i++) {
            trace.add(0, "step " + i, 1, Map.of("status", "completed", "message", "fine"));
        }

        assertThat(draw(trace.spans(), new Screen(100, true, Glyphs.UNICODE, NOW)))
                .hasSize(10_000);
    }

    private static List<String> draw(Collection<Span> spans, Screen screen) {
        var lines = new ArrayList<String>();
        TreeDrawing.draw(TraceTree.of(spans), screen, lines::add);
        return lines;
    }

    private static String withoutColour(String line) {
        return line.replaceAll("\u001b\\[[0-9]+m", "");
    }

    static List<Span> failedWithPipeline() {
        var trace = new TestTrace(1, Map.of("release_target_key", "search-staging"));
        var root = trace.add(-1, "Reconciliation (version.created)", 62_000, Map.of("status", "failed"));
        var planning = trace.add(root, "Planning", 41, Map.of("status", "completed", "phase", "planning"));
        trace.add(
                planning,
                "Approval Policy",
                12,
                Map.of("status", "allowed", "result", "allowed", "message", "Approved by alice and bob"),
                event("required_approvals", 2),
                event("approved_by", List.of("alice", "bob")));
        trace.add(planning, "Deploy v2.4.6", 0, Map.of("status", "completed", "decision", "approved"));
        var execution = trace.add(root, "Execution", 61_000, Map.of("status", "failed", "phase", "execution"));
        trace.add(
                execution,
                "Job: github-action",
                60_000,
                Map.of(
                        "status", "failed",
                        "node_type", "action",
                        "job_type", "github-action",
                        "job_id", "deploy-1",
                        "job_config.workflow", "deploy.yml",
                        "message", "The workflow failed: exit 7 in \"terraform apply\""));
        var pipeline = new TestTrace(
                2,
                Map.of(
                        "parent_trace_id", trace.traceId(),
                        "job_id", "deploy-1",
                        "phase", "external"));
        var run = pipeline.add(-1, "deploy.yml #1234", 51_000, Map.of("status", "failed"));
        pipeline.add(run, "terraform plan", 14_000, Map.of("status", "completed"));
        pipeline.add(
                run,
                "terraform apply",
                33_000,
                Map.of(
                        "status", "failed",
                        "message",
                                "exit 7: Error acquiring the state lock: lock is held by ci-runner-12 since 09:58 UTC"),
                event("exit_code", 7));
        var all = new ArrayList<>(trace.spans());
        all.addAll(pipeline.spans());
        return all;
    }
}
