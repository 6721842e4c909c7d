package io.deploytrace.cli;

import static io.deploytrace.cli.IncidentScene.allow;
import static io.deploytrace.cli.IncidentScene.block;
import static io.deploytrace.cli.IncidentScene.hold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.deploytrace.recorder.PlanningPhase;
import io.deploytrace.testkit.GoldenFiles;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ten incidents, each recorded by the recorder into PostgreSQL, and what {@code why} says to each: as the manual shows it. */
class IncidentsTest {

    private static final List<String> INCIDENTS = List.of(
            "approval-forgotten",
            "window-closed-over-the-weekend",
            "slot-held-by-a-stuck-job",
            "check-flapping",
            "pipeline-failed-in-a-step",
            "controller-died",
            "policy-changed",
            "never-reconciled",
            "trace-expired",
            "two-blockers");
    private static final Pattern SHOWN =
            Pattern.compile("^<!-- incident: (\\S+) -->\\R```console\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Path MANUAL = Path.of("..", "docs", "incidents.md");

    private static String databaseUrl;

    @BeforeAll
    static void createDatabase() throws SQLException {
        databaseUrl = TestDatabase.createMigrated();
    }

    private static IncidentScene scene(String incident) throws SQLException {
        return IncidentScene.in(databaseUrl, incident);
    }

    private static void assertAnswer(String incident, IncidentScene scene, String question, int exitCode) {
        var result = scene.run("why", question);

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.out().lines()).hasSizeBetween(1, 6);
        Golden.assertGolden(golden(incident), settled("$ ./deploytrace why " + question + "\n" + result.out()));
        assertThat(scene.run("why", question, "--json")
                        .out()
                        .lines()
                        .map(line -> line.strip().replaceFirst(",$", "")))
                .as("the same sentences as JSON")
                .containsAll(result.out().lines().map(IncidentsTest::quoted).toList());
    }

    private static String golden(String incident) {
        return "incident-" + incident + ".txt";
    }

    /** Trace ids begin with their time; the rest is made up anew each time. */
    private static String settled(String text) {
        return text.replaceAll("\\b(?<time>01[0-9a-f]{10})[0-9a-f]{20}\\b", "${time}7c3e4f1c0d2b7a9e8c3f");
    }

    private static String quoted(String line) {
        return "\"" + line.replace("\"", "\\\"") + "\"";
    }

    private static void approved(PlanningPhase planning) {
        allow(
                planning,
                "Approval Policy",
                "production-approval",
                "Approved by alice and bob",
                "required_approvals",
                2,
                "approved_by",
                List.of("alice", "bob"));
    }

    private static void notApproved(PlanningPhase planning, int required, String... approvers) {
        block(
                planning,
                "Approval Policy",
                "production-approval",
                approvers.length + " of " + required + " approvals",
                "required_approvals",
                required,
                "approved_by",
                List.of(approvers),
                "may_approve",
                "group release-managers");
    }

    @Test
    void approvalForgotten() throws SQLException {
        var scene = scene("approval-forgotten").at("2026-11-19T09:00:00Z");
        scene.deployed("checkout-production", "checkout@v5.3.4", IncidentsTest::approved);
        scene.at("2026-11-19T16:10:00Z");
        for (var reconcile = 0; reconcile < 15; reconcile++) {
            scene.stopped(
                    "checkout-production",
                    "checkout@v5.3.5",
                    reconcile == 0 ? "version.created" : "schedule",
                    planning -> notApproved(planning, 2, "alice"));
            scene.pass(Duration.ofHours(4));
        }
        assertAnswer("approval-forgotten", scene.at("2026-11-22T02:20:00Z"), "checkout-production", 0);
    }

    @Test
    void windowClosedOverTheWeekend() throws SQLException {
        var scene = scene("window-closed-over-the-weekend").at("2026-11-18T10:00:00Z");
        scene.deployed("billing-production", "billing@v4.11.6", planning -> {
            approved(planning);
            window(planning, "Wednesday", null);
        });
        var opens = Instant.parse("2026-11-23T08:00:00Z");
        for (var time : List.of("2026-11-20T18:20:00Z", "2026-11-21T18:20:00Z")) {
            scene.at(time).stopped("billing-production", "billing@v4.11.7", "version.created", planning -> {
                approved(planning);
                window(planning, "Saturday", opens);
            });
        }
        assertAnswer("window-closed-over-the-weekend", scene.at("2026-11-22T03:10:00Z"), "billing-production", 0);
    }

    private static void window(PlanningPhase planning, String day, Instant opens) {
        var window = "Monday to Friday, 08:00 to 18:00 UTC";
        if (opens == null) {
            allow(planning, "Deployment Window", "deployment-window", "Open on " + day, "window", window);
        } else {
            hold(
                    planning,
                    "Deployment Window",
                    "deployment-window",
                    "Closed over the weekend",
                    opens,
                    "window",
                    window);
        }
    }

    @Test
    void slotHeldByAStuckJob() throws SQLException {
        var scene = scene("slot-held-by-a-stuck-job").at("2026-11-21T09:00:00Z");
        scene.deployed("catalog-production-us", "catalog@v2.19.7", planning -> {
            approved(planning);
            allow(
                    planning,
                    "Concurrency Limit",
                    "concurrency-limit",
                    "1 of 2 slots is taken",
                    "limit",
                    2,
                    "running",
                    1);
        });
        begun(scene.at("2026-11-21T18:04:00Z"), "search-production-us", "search@v2.4.3", "deploy-search-4711");
        begun(scene.at("2026-11-22T03:02:00Z"), "auth-production-us", "auth@v3.7.14", "deploy-auth-4730");
        for (var time = Instant.parse("2026-11-22T01:05:00Z");
                time.isBefore(Instant.parse("2026-11-22T03:06:00Z"));
                time = time.plus(Duration.ofMinutes(10))) {
            var next = time.plus(Duration.ofMinutes(10));
            scene.at(time.toString()).stopped("catalog-production-us", "catalog@v2.19.8", "schedule", planning -> {
                approved(planning);
                hold(
                        planning,
                        "Concurrency Limit",
                        "concurrency-limit",
                        "Too many deployments to us-east-2",
                        next,
                        "limit",
                        2,
                        "running",
                        2,
                        "held_by",
                        List.of("deploy-search-4711", "deploy-auth-4730"));
            });
        }
        assertAnswer("slot-held-by-a-stuck-job", scene.at("2026-11-22T03:08:00Z"), "catalog-production-us", 0);
    }

    /** A deployment that is under way: it is persisted, and its recorder is left alone. */
    @SuppressWarnings("MustBeClosedChecker")
    private static void begun(IncidentScene scene, String target, String release, String jobId) {
        var reconcile = scene.reconcile(target, release, "version.created");
        scene.plan(reconcile, IncidentsTest::approved, Decision.APPROVED);
        reconcile.startExecution().triggerJob("github-action", Map.of("workflow", "deploy.yml"), jobId);
        scene.pass(Duration.ofSeconds(9));
        reconcile.persist();
    }

    @Test
    void checkFlapping() throws SQLException {
        var scene = scene("check-flapping").at("2026-11-20T09:00:00Z");
        scene.deployed("notifications-production", "notifications@v1.8.9", IncidentsTest::approved);
        scene.at("2026-11-22T00:30:00Z");
        for (var ready : List.of(3, 2, 2, 3, 2, 3, 2, 2, 3, 2)) {
            try (var reconcile = scene.reconcile("notifications-production", "notifications@v1.8.10", "job.retried")) {
                scene.plan(reconcile, IncidentsTest::approved, Decision.APPROVED);
                scene.check(
                        reconcile,
                        "Target Health",
                        ready == 3 ? CheckResult.PASS : CheckResult.FAIL,
                        ready + " of 3 nodes are ready",
                        "cluster",
                        "eu-west-1-blue",
                        "nodes_ready",
                        ready);
                if (ready == 3) {
                    scene.job(
                            reconcile,
                            "deploy-notifications-88",
                            Duration.ofSeconds(70),
                            "Rollout stopped: node ip-10-0-3-17 left the cluster");
                }
                reconcile.complete(ready == 3 ? Status.FAILED : Status.COMPLETED);
            }
            scene.pass(Duration.ofMinutes(15));
        }
        assertAnswer("check-flapping", scene.at("2026-11-22T02:50:00Z"), "notifications-production", 0);
    }

    @Test
    void pipelineFailedInAStep() throws SQLException {
        var scene = scene("pipeline-failed-in-a-step").at("2026-11-21T09:00:00Z");
        scene.deployed("search-staging", "search@v2.4.4", IncidentsTest::approved);
        scene.at("2026-11-22T02:40:00Z");
        try (var reconcile = scene.reconcile("search-staging", "search@v2.4.5", "version.created")) {
            scene.plan(reconcile, IncidentsTest::approved, Decision.APPROVED);
            scene.check(reconcile, "Target Health", CheckResult.PASS, "3 of 3 nodes are ready");
            // The controller doesn't wait for the job: for all it knows, all is well.
            var token = scene.job(reconcile, "deploy-search-5120", Duration.ofSeconds(1), null);
            reconcile.complete(Status.COMPLETED);
            runPipeline(scene, token);
        }
        assertAnswer("pipeline-failed-in-a-step", scene.at("2026-11-22T03:00:00Z"), "search-staging", 0);
    }

    /** The pipeline starts another one, of which a step fails. */
    private static void runPipeline(IncidentScene scene, String token) {
        scene.pass(Duration.ofSeconds(20));
        try (var pipeline = scene.within(token)) {
            try (var execution = pipeline.startExecution();
                    var stage = execution.triggerJob("terraform", Map.of("stack", "search-staging"), "tf-run-991")) {
                try (var terraform = scene.within(stage.token())) {
                    try (var apply = terraform.startAction("terraform apply")) {
                        apply.addStep("Plan", StepResult.PASS, "3 to change");
                        scene.pass(Duration.ofSeconds(33));
                        apply.addStep(
                                "Acquire the state lock",
                                StepResult.FAIL,
                                "The lock is held by ci-runner-12 since 01:58 UTC");
                    }
                    terraform.complete(Status.FAILED);
                }
                stage.fail("terraform exited with 1");
            }
            pipeline.complete(Status.FAILED);
        }
    }

    @Test
    void controllerDied() throws SQLException {
        var scene = scene("controller-died").at("2026-11-20T09:00:00Z");
        scene.deployed("auth-production-us", "auth@v3.7.13", IncidentsTest::approved);
        begun(scene.at("2026-11-21T20:58:00Z"), "auth-production-us", "auth@v3.7.14", "deploy-auth-4702");
        assertAnswer("controller-died", scene.at("2026-11-22T03:00:00Z"), "auth-production-us", 0);
    }

    @Test
    void policyChanged() throws SQLException {
        var scene = scene("policy-changed").at("2026-11-20T09:00:00Z");
        scene.deployed("payments-production", "payments@v6.0.22", planning -> {
            approvedByOne(planning, 7);
            healthyInStaging(planning);
        });
        scene.at("2026-11-22T01:30:00Z")
                .stopped("payments-production", "payments@v6.0.23", "version.created", planning -> {
                    approvedByOne(planning, 7);
                    hold(
                            planning,
                            "Environment Progression",
                            "environment-progression",
                            "Healthy in staging for 12 m of 30 m",
                            scene.now().plus(Duration.ofMinutes(18)),
                            "depends_on",
                            "payments-staging");
                });
        scene.at("2026-11-22T02:00:00Z").stopped("payments-production", "payments@v6.0.23", "schedule", planning -> {
            block(
                    planning,
                    "Approval Policy",
                    "production-approval",
                    "1 of 2 approvals",
                    "required_approvals",
                    2,
                    "approved_by",
                    List.of("alice"),
                    "policy_version",
                    8);
            healthyInStaging(planning);
        });
        assertAnswer("policy-changed", scene.at("2026-11-22T02:10:00Z"), "payments-production", 0);
    }

    private static void healthyInStaging(PlanningPhase planning) {
        allow(
                planning,
                "Environment Progression",
                "environment-progression",
                "Healthy in staging for more than 30 m",
                "depends_on",
                "payments-staging");
    }

    private static void approvedByOne(PlanningPhase planning, int version) {
        allow(
                planning,
                "Approval Policy",
                "production-approval",
                "Approved by alice",
                "required_approvals",
                1,
                "approved_by",
                List.of("alice"),
                "policy_version",
                version);
    }

    @Test
    void neverReconciled() throws SQLException {
        var scene = scene("never-reconciled").at("2026-11-20T09:00:00Z");
        for (var target : List.of("reporting-production", "reporting-staging", "search-production")) {
            scene.deployed(target, "reporting@v0.42.6", IncidentsTest::approved);
        }
        assertAnswer("never-reconciled", scene.at("2026-11-22T03:00:00Z"), "reporting-prodution", 1);
    }

    @Test
    void traceExpired() throws SQLException {
        var scene = scene("trace-expired").at("2026-10-14T13:20:00Z");
        String traceId;
        try (var reconcile = scene.reconcile("web-frontend-production", "web-frontend@v8.14.2", "version.created")) {
            scene.plan(reconcile, IncidentsTest::approved, Decision.APPROVED);
            scene.job(reconcile, "deploy-web-3301", Duration.ofSeconds(40), "The rollout timed out");
            reconcile.complete(Status.FAILED);
            traceId = reconcile.traceId();
        }
        scene.at("2026-11-22T03:00:00Z");
        assertThat(scene.run("workspace", "retention", "trace-expired", "30d").exitCode())
                .isZero();
        assertThat(scene.run("prune", "--older-than", "30d").out()).startsWith("Removed 1 trace ");
        assertAnswer("trace-expired", scene, traceId, 1);
    }

    @Test
    void twoBlockersAtOnce() throws SQLException {
        var scene = scene("two-blockers").at("2026-11-17T09:00:00Z");
        scene.deployed("ledger-production", "ledger@v0.42.5", planning -> {
            approved(planning);
            allow(planning, "Change Freeze", "change-freeze", "No freeze is in force");
        });
        var ends = Instant.parse("2026-12-01T00:00:00Z");
        for (var time : List.of("2026-11-21T22:00:00Z", "2026-11-21T23:00:00Z", "2026-11-22T00:00:00Z")) {
            scene.at(time).stopped("ledger-production", "ledger@v0.42.6", "schedule", planning -> {
                notApproved(planning, 2);
                try (var freeze = IncidentScene.evaluate(
                        planning, "Change Freeze", "change-freeze", "owner", "team finance-platform")) {
                    freeze.setNextEvaluation(ends).setResult(Result.BLOCKED, "Month-end freeze of the ledger");
                }
            });
        }
        assertAnswer("two-blockers", scene.at("2026-11-22T00:40:00Z"), "ledger-production", 0);
    }

    @Test
    void manual_showsEachIncidentWithItsAnswer() throws IOException {
        assumeFalse(GoldenFiles.isWriting(), "it is written when all are");
        var shown = SHOWN.matcher(Files.readString(MANUAL))
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
        assertThat(shown.keySet()).containsExactlyInAnyOrderElementsOf(INCIDENTS);
        for (var incident : INCIDENTS) {
            Golden.assertGolden(golden(incident), shown.get(incident));
        }
    }

    @AfterAll
    static void writeManual() throws IOException {
        if (GoldenFiles.isWriting()) {
            var manual = SHOWN.matcher(Files.readString(MANUAL))
                    .replaceAll(match -> Matcher.quoteReplacement("<!-- incident: %s -->\n```console\n%s```"
                            .formatted(match.group(1), Golden.read(golden(match.group(1))))));
            Files.writeString(MANUAL, manual);
        }
    }
}
