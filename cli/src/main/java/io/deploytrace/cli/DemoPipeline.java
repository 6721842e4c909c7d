package io.deploytrace.cli;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a job's pipeline records on its own, as it arrives from a CI system: external spans that name the
 * job, and the reconcile's trace as their parent trace.
 */
final class DemoPipeline {

    private static final Step CHECKOUT = new Step("Check out", 3, null);
    private static final Step PLAN = new Step("terraform plan", 14, null);
    private static final Step APPLY = new Step("terraform apply", 41, null);
    private static final Step LOCKED = new Step(
            "terraform apply",
            33,
            "exit 7: Error acquiring the state lock: lock is held by ci-runner-12 since 09:58 UTC");
    private static final Step SMOKE_TEST = new Step("Smoke test", 9, null);

    private final DemoClock clock;
    private final Random random;

    /** One step: how long it takes, and why it fails or null. */
    private record Step(String name, int seconds, @Nullable String failure) {}

    DemoPipeline(DemoClock clock, long seed) {
        this.clock = clock;
        this.random = new Random(seed);
    }

    /** The spans of a pipeline; time passes as long as it takes. One that is open has not come beyond its first steps. */
    List<Span> run(String workspaceId, String parentTraceId, DemoReconcile reconcile) {
        var failed = reconcile.plot() == DemoPlot.FAILED_PIPELINE;
        var open = reconcile.plot() == DemoPlot.RUNNING;
        var common = Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, workspaceId)
                .put(AttributeKeys.RELEASE_TARGET_KEY, reconcile.target())
                .put(AttributeKeys.RELEASE_ID, reconcile.release())
                .put(AttributeKeys.JOB_ID, DemoRollout.jobId(reconcile))
                .put(AttributeKeys.PARENT_TRACE_ID, parentTraceId)
                .put(AttributeKeys.PHASE, Phase.EXTERNAL.value())
                .put(AttributeKeys.NODE_TYPE, NodeType.ACTION.value())
                .build();
        var issued = clock.instant();
        clock.advance(Duration.ofMillis(2_600));
        var trace = new Trace(traceId(issued), issued, common);
        var steps = open
                ? List.of(CHECKOUT, PLAN, APPLY)
                : failed ? List.of(CHECKOUT, PLAN, LOCKED) : List.of(CHECKOUT, PLAN, APPLY, SMOKE_TEST);
        return trace.spans("deploy.yml #" + (1_200 + reconcile.number()), steps, open);
    }

    /** Time-ordered, as the recorder's. */
    private String traceId(Instant time) {
        return String.format("%012x", time.toEpochMilli()) + hex(10);
    }

    private String hex(int bytes) {
        var bits = new byte[bytes];
        random.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    private final class Trace {

        private final String traceId;
        private final Instant issued;
        private final Attributes common;

        private Trace(String traceId, Instant issued, Attributes common) {
            this.traceId = traceId;
            this.issued = issued;
            this.common = common;
        }

        private List<Span> spans(String name, List<Step> steps, boolean open) {
            var rootId = hex(8);
            var start = clock.instant();
            var children = new ArrayList<Span>();
            for (var step : steps) {
                var last = step.equals(steps.get(steps.size() - 1));
                children.add(child(step, rootId, open && last));
            }
            clock.advance(Duration.ofMillis(700));
            var failed = steps.stream().anyMatch(step -> step.failure != null);
            var status = open ? Status.RUNNING : failed ? Status.FAILED : Status.COMPLETED;
            var root = new Span(
                    traceId,
                    rootId,
                    null,
                    name,
                    start,
                    open ? null : clock.instant(),
                    attributes(start, status, null),
                    List.of());
            children.add(0, root);
            return children;
        }

        private Span child(Step step, String rootId, boolean open) {
            var start = clock.instant();
            clock.advance(Duration.ofSeconds(step.seconds));
            var end = clock.instant();
            var status = open ? Status.RUNNING : step.failure == null ? Status.COMPLETED : Status.FAILED;
            var exitCode = new SpanEvent("exit_code", end, Attributes.of("exit_code", step.failure == null ? 0 : 7));
            return new Span(
                    traceId,
                    hex(8),
                    rootId,
                    step.name,
                    start,
                    open ? null : end,
                    attributes(start, status, step.failure),
                    open ? List.of() : List.of(exitCode));
        }

        private Attributes attributes(Instant start, Status status, @Nullable String message) {
            return common.toBuilder()
                    .put(AttributeKeys.STATUS, status.value())
                    .put(AttributeKeys.SEQUENCE, Duration.between(issued, start).toMillis())
                    .put(AttributeKeys.MESSAGE, message)
                    .build();
        }
    }
}
