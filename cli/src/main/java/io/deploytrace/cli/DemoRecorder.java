package io.deploytrace.cli;

import io.deploytrace.recorder.ExecutionPhase;
import io.deploytrace.recorder.Job;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records the reconciles of the demonstration's day, on the day's own clock. For one thread. */
final class DemoRecorder {

    private final String workspaceId;
    private final DemoClock clock;
    private final DemoPolicies policies;
    private final DemoRollout rollout;
    private final DemoPipeline pipeline;

    DemoRecorder(String workspaceId, Instant endOfDay) {
        this.workspaceId = workspaceId;
        this.clock = new DemoClock(endOfDay);
        this.policies = new DemoPolicies(clock, endOfDay);
        this.rollout = new DemoRollout(clock);
        this.pipeline = new DemoPipeline(clock, endOfDay.getEpochSecond());
    }

    /**
     * What was recorded.
     *
     * @param spans of the reconcile, and of its job's pipeline if that recorded any
     * @param time when it was over, or last heard of
     */
    record Recorded(List<Span> spans, Instant time) {}

    Recorded record(DemoReconcile reconcile) {
        clock.set(reconcile.start());
        var trace = ReconcileTarget.builder(workspaceId, reconcile.target())
                .releaseId(reconcile.release())
                .trigger(reconcile.trigger())
                .clock(clock)
                .start();
        var external = new ArrayList<Span>();
        if (reconcile.plot() == DemoPlot.UP_TO_DATE) {
            upToDate(trace, reconcile);
        } else if (policies.record(trace, reconcile) && rollout.checkEligibility(trace, reconcile)) {
            deploy(trace, reconcile, external);
        } else {
            trace.complete(Status.COMPLETED);
        }
        var spans = new ArrayList<>(trace.spans());
        spans.addAll(external);
        return new Recorded(spans, clock.instant());
    }

    private void upToDate(ReconcileTarget trace, DemoReconcile reconcile) {
        try (var planning = trace.startPlanning()) {
            clock.advance(Duration.ofMillis(3));
            planning.addMetadata("newest_version", reconcile.version());
            planning.addMetadata("deployed_version", reconcile.version());
        }
        trace.complete(Status.SKIPPED);
    }

    /** Leaves the spans open that the plot leaves open: the recorder is then abandoned, as by a process that dies. */
    private void deploy(ReconcileTarget trace, DemoReconcile reconcile, List<Span> external) {
        var execution = trace.startExecution();
        var job = rollout.trigger(execution, reconcile);
        switch (reconcile.plot()) {
            case CONTROLLER_DIED -> clock.advance(Duration.ofSeconds(9));
            case RUNNING -> external.addAll(pipeline.run(workspaceId, trace.traceId(), reconcile));
            default -> finish(trace, reconcile, execution, job, external);
        }
    }

    private void finish(
            ReconcileTarget trace, DemoReconcile reconcile, ExecutionPhase execution, Job job, List<Span> external) {
        var failed = reconcile.plot() == DemoPlot.FAILED_PIPELINE;
        if (failed || reconcile.plot() == DemoPlot.DEPLOYED_BY_PIPELINE) {
            external.addAll(pipeline.run(workspaceId, trace.traceId(), reconcile));
        } else {
            clock.advance(Duration.ofSeconds(27 + reconcile.number() % 30));
        }
        if (failed) {
            job.fail("The workflow deploy.yml failed in \"terraform apply\" with exit code 7");
        }
        job.end();
        execution.end();
        if (!failed) {
            rollout.verify(trace, reconcile);
        }
        var well = !failed && reconcile.plot() != DemoPlot.ROLLED_BACK;
        trace.complete(well ? Status.COMPLETED : Status.FAILED);
    }
}
