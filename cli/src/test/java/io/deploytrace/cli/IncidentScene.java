package io.deploytrace.cli;

import io.deploytrace.recorder.Evaluation;
import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.recorder.PlanningPhase;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.testkit.SettableClock;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A workspace in PostgreSQL in which controllers record what happens to them, on a clock that the story moves. */
final class IncidentScene {

    private static final JobTokens TOKENS = JobTokens.ofKeys("k1:0123456789abcdef0123456789abcdef");

    private final String databaseUrl;
    private final String workspace;
    private final String workspaceId;
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final SpanWriter store;

    private IncidentScene(String databaseUrl, String workspace) throws SQLException {
        this.databaseUrl = databaseUrl;
        this.workspace = workspace;
        this.workspaceId = run("workspace", "create", workspace).out().strip();
        this.store = PostgresSpanStore.builder(
                        DatabaseAddress.parse(databaseUrl, null).dataSource())
                .clock(clock)
                .build();
    }

    /** A new workspace in the database, which is migrated. */
    static IncidentScene in(String databaseUrl, String workspace) throws SQLException {
        return new IncidentScene(databaseUrl, workspace);
    }

    /** It is this time now. */
    IncidentScene at(String time) {
        clock.set(Instant.parse(time));
        return this;
    }

    void pass(Duration duration) {
        clock.advance(duration);
    }

    Instant now() {
        return clock.instant();
    }

    /** Runs the program now, in the workspace. */
    TestProgram.Result run(String... args) {
        var all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--database-url";
        all[args.length + 1] = databaseUrl;
        return TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_WORKSPACE", workspace))
                .clock(Clock.fixed(clock.instant(), ZoneOffset.UTC))
                .run(all);
    }

    /** A recorder of a reconcile; with tokens, which are good now. */
    ReconcileTarget reconcile(String target, String release, String trigger) {
        return ReconcileTarget.builder(workspaceId, target)
                .store(store)
                .releaseId(release)
                .trigger(trigger)
                .clock(clock)
                .tokens(TOKENS.withClock(clock))
                .start();
    }

    /** A recorder of what a job does, in the system that runs it: all it knows is the token. */
    ReconcileTarget within(String token) {
        JobReference job = TOKENS.withClock(clock).verify(token).job();
        return ReconcileTarget.builder(job)
                .store(store)
                .clock(clock)
                .tokens(TOKENS.withClock(clock))
                .start();
    }

    /** A reconcile that ends with what its policies say. */
    void stopped(String target, String release, String trigger, Consumer<PlanningPhase> policies) {
        try (var reconcile = reconcile(target, release, trigger)) {
            plan(reconcile, policies, Decision.REJECTED);
            reconcile.complete(Status.COMPLETED);
        }
    }

    void plan(ReconcileTarget reconcile, Consumer<PlanningPhase> policies, Decision decision) {
        try (var planning = reconcile.startPlanning()) {
            policies.accept(planning);
            pass(Duration.ofMillis(20));
            planning.makeDecision(decision == Decision.APPROVED ? "Deploy" : "Don't deploy", decision);
        }
    }

    /** A deployment that policies allow and that takes 40 seconds. */
    void deployed(String target, String release, Consumer<PlanningPhase> policies) {
        try (var reconcile = reconcile(target, release, "version.created")) {
            plan(reconcile, policies, Decision.APPROVED);
            check(reconcile, "Target Health", CheckResult.PASS, "3 of 3 nodes are ready", "nodes_ready", 3);
            job(reconcile, "deploy-" + target + "-1", Duration.ofSeconds(40), null);
            reconcile.complete(Status.COMPLETED);
        }
    }

    void check(ReconcileTarget reconcile, String name, CheckResult result, String message, Object... inputs) {
        try (var eligibility = reconcile.startEligibility()) {
            try (var check = eligibility.startCheck(name)) {
                note(inputs, check::addMetadata);
                pass(Duration.ofMillis(30));
                check.setResult(result, message);
            }
            var passed = result == CheckResult.PASS;
            eligibility.makeDecision(
                    passed ? "Eligible" : "Not eligible", passed ? Decision.APPROVED : Decision.REJECTED);
        }
    }

    /** A job, its token and how it ended: with a failure if there is a message. */
    String job(ReconcileTarget reconcile, String jobId, Duration length, @Nullable String failure) {
        try (var execution = reconcile.startExecution();
                var job = execution.triggerJob("github-action", Map.of("workflow", "deploy.yml"), jobId)) {
            pass(length);
            if (failure != null) {
                job.fail(failure);
            }
            return job.token();
        }
    }

    static Evaluation evaluate(PlanningPhase planning, String name, String rule, Object... inputs) {
        var evaluation = planning.startEvaluation(name).setRule(rule);
        note(inputs, evaluation::addMetadata);
        return evaluation;
    }

    static void allow(PlanningPhase planning, String name, String rule, String message, Object... inputs) {
        try (var evaluation = evaluate(planning, name, rule, inputs)) {
            evaluation.setResult(Result.ALLOWED, message);
        }
    }

    static void block(PlanningPhase planning, String name, String rule, String message, Object... inputs) {
        try (var evaluation = evaluate(planning, name, rule, inputs)) {
            evaluation.setResult(Result.BLOCKED, message);
        }
    }

    static void hold(
            PlanningPhase planning, String name, String rule, String message, Instant until, Object... inputs) {
        try (var evaluation = evaluate(planning, name, rule, inputs)) {
            evaluation.setNextEvaluation(until).setResult(Result.PENDING, message);
        }
    }

    /** In pairs of key and value, in their order. */
    private static void note(Object[] pairs, BiConsumer<String, Object> addMetadata) {
        for (var i = 0; i < pairs.length; i += 2) {
            addMetadata.accept((String) pairs[i], pairs[i + 1]);
        }
    }
}
