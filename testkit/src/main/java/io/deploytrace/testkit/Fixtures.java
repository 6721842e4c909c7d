package io.deploytrace.testkit;

import static io.deploytrace.vocabulary.NodeType.ACTION;
import static io.deploytrace.vocabulary.NodeType.CHECK;
import static io.deploytrace.vocabulary.NodeType.DECISION;
import static io.deploytrace.vocabulary.NodeType.EVALUATION;
import static io.deploytrace.vocabulary.Status.ALLOWED;
import static io.deploytrace.vocabulary.Status.COMPLETED;
import static io.deploytrace.vocabulary.Status.FAILED;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes traces; the same seed makes the same ones. Not safe for use by several threads. */
public final class Fixtures {

    /** When the first trace starts; each further one starts a minute after the one before. */
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Random random;
    private int traces;

    /** Fixtures of a seed. */
    public Fixtures(long seed) {
        random = new Random(seed);
    }

    /** Where the fixtures take their chances from. */
    Random random() {
        return random;
    }

    /** A trace id that this seed hasn't given before. */
    public String traceId() {
        return String.format("%016x%016x", random.nextLong() | 1, random.nextLong() | 1);
    }

    /** A span id that this seed hasn't given before. */
    public String spanId() {
        return String.format("%016x", random.nextLong() | 1);
    }

    /** An empty trace. */
    public TraceFixture trace(UUID workspaceId) {
        return new TraceFixture(this, workspaceId, traceId(), START.plusSeconds(60L * traces++));
    }

    /** A trace of a single root. */
    public List<Span> single(UUID workspaceId) {
        var trace = trace(workspaceId);
        trace.root(COMPLETED);
        return trace.spans();
    }

    /** The specification's complete workflow: 12 spans, deployed. */
    public List<Span> completeWorkflow(UUID workspaceId, String releaseTargetKey) {
        var trace = trace(workspaceId).target(releaseTargetKey).release("v1.2.3");
        var root = trace.root(COMPLETED);
        var planning = phase(trace, root, Phase.PLANNING, COMPLETED);
        trace.add(planning, "Approval Policy", Phase.PLANNING, EVALUATION, ALLOWED, message("Approved by alice"));
        trace.noting(
                trace.event("policy_type", Attributes.of("policy_type", "approval")),
                trace.event("required_approvals", Attributes.of("required_approvals", 1)));
        trace.add(planning, "Deploy approved", Phase.PLANNING, DECISION, COMPLETED);
        var eligibility = phase(trace, root, Phase.ELIGIBILITY, COMPLETED);
        trace.add(eligibility, "Already Deployed", Phase.ELIGIBILITY, CHECK, COMPLETED, message("Not deployed"));
        trace.noting(trace.event("target_version", Attributes.of("target_version", "v1.2.3")));
        trace.add(eligibility, "Eligible", Phase.ELIGIBILITY, DECISION, COMPLETED);
        var execution = phase(trace, root, Phase.EXECUTION, COMPLETED);
        job(trace, execution, "job-" + traces, COMPLETED);
        trace.noting(trace.event("github_run_id", Attributes.of("github_run_id", "8765432109")));
        var verification = trace.add(root, "Verification", Phase.ACTION, ACTION, COMPLETED);
        trace.add(verification, "Check pods", Phase.ACTION, ACTION, COMPLETED, message("3/3 ready"));
        trace.add(verification, "Check endpoints", Phase.ACTION, ACTION, COMPLETED, message("200 OK"));
        return trace.spans();
    }

    /** A reconcile that an evaluation stops: blocked or pending; 4 spans. */
    public List<Span> stopped(UUID workspaceId, String releaseTargetKey, Status verdict) {
        var trace = trace(workspaceId).target(releaseTargetKey).release("v1.2.4");
        var root = trace.root(COMPLETED);
        var planning = phase(trace, root, Phase.PLANNING, COMPLETED);
        trace.add(planning, "Approval Policy", Phase.PLANNING, EVALUATION, verdict, message("1 of 2 approvals"));
        trace.add(planning, "Not approved", Phase.PLANNING, DECISION, FAILED);
        return trace.spans();
    }

    /** A reconcile whose job fails; 3 spans. */
    public List<Span> failedJob(UUID workspaceId, String releaseTargetKey, String jobId) {
        var trace = trace(workspaceId).target(releaseTargetKey).release("v1.2.4");
        var root = trace.root(FAILED);
        var execution = phase(trace, root, Phase.EXECUTION, COMPLETED);
        job(trace, execution, jobId, FAILED);
        return trace.spans();
    }

    /** An external trace of two spans under a job of a trace. */
    public List<Span> external(UUID workspaceId, String parentTraceId, String jobId, Status status) {
        var trace = trace(workspaceId)
                .with(AttributeKeys.PARENT_TRACE_ID, parentTraceId)
                .with(AttributeKeys.JOB_ID, jobId);
        var root = trace.add(null, "build", Phase.EXTERNAL, ACTION, status);
        trace.add(root, "apply", Phase.EXTERNAL, ACTION, status, message("exit 7"));
        return trace.spans();
    }

    /** A reconcile of 16 spans with about 12 attributes and 2 events each: the load of measurements. */
    public List<Span> workload(UUID workspaceId, String releaseTargetKey) {
        var trace = trace(workspaceId)
                .target(releaseTargetKey)
                .release("release-" + traces)
                .with("service.name", "deployment-controller")
                .with("service.version", "4.18.2")
                .with("host.name", "controller-7c9d6b5f4-x2k8p")
                .with("deployment.environment.name", "production");
        var root = noted(trace, trace.root(COMPLETED));
        var planning = noted(trace, phase(trace, root, Phase.PLANNING, COMPLETED));
        three(trace, planning, Phase.PLANNING, EVALUATION, ALLOWED);
        noted(trace, trace.add(planning, "Deploy approved", Phase.PLANNING, DECISION, COMPLETED));
        var eligibility = noted(trace, phase(trace, root, Phase.ELIGIBILITY, COMPLETED));
        three(trace, eligibility, Phase.ELIGIBILITY, CHECK, COMPLETED);
        noted(trace, trace.add(eligibility, "Eligible", Phase.ELIGIBILITY, DECISION, COMPLETED));
        var execution = noted(trace, phase(trace, root, Phase.EXECUTION, COMPLETED));
        noted(trace, trace.add(execution, "Execute", Phase.EXECUTION, DECISION, COMPLETED));
        var job = noted(trace, job(trace, execution, "job-" + traces, COMPLETED));
        noted(trace, trace.add(job, "apply", Phase.EXECUTION, ACTION, COMPLETED));
        noted(trace, trace.add(job, "wait", Phase.EXECUTION, ACTION, COMPLETED));
        return trace.spans();
    }

    private static void three(TraceFixture trace, Span parent, Phase phase, NodeType type, Status status) {
        for (var i = 1; i <= 3; i++) {
            noted(trace, trace.add(parent, type.value() + " " + i, phase, type, status));
        }
    }

    private static Span noted(TraceFixture trace, Span span) {
        return trace.noting(
                trace.event("policy", Attributes.of("policy", "approval of " + span.name())),
                trace.event("result", Attributes.of("message", "a sentence of ordinary length that says why")));
    }

    static Span phase(TraceFixture trace, Span root, Phase phase, Status status) {
        var name = phase.value().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + phase.value().substring(1);
        return trace.add(root, name, phase, NodeType.PHASE, status);
    }

    static Span job(TraceFixture trace, Span execution, String jobId, Status status) {
        trace.with(AttributeKeys.JOB_ID, jobId);
        var attributes = Attributes.builder()
                .put(AttributeKeys.JOB_TYPE, "github-action")
                .put(AttributeKeys.JOB_CONFIG_PREFIX + "workflow", "deploy.yml");
        return trace.add(execution, "Job: github-action", Phase.EXECUTION, ACTION, status, attributes.build());
    }

    static Attributes message(String message) {
        return Attributes.of(AttributeKeys.MESSAGE, message);
    }
}
