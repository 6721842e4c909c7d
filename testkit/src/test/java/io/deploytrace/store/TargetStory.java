package io.deploytrace.store;

import static io.deploytrace.vocabulary.NodeType.ACTION;
import static io.deploytrace.vocabulary.NodeType.CHECK;
import static io.deploytrace.vocabulary.NodeType.DECISION;
import static io.deploytrace.vocabulary.NodeType.EVALUATION;

import io.deploytrace.query.TargetWhy;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import io.deploytrace.testkit.TraceFixture;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reconciles of release targets, a minute apart in a store in memory, and what is answered about them. */
final class TargetStory {

    static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");
    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(5));

    private final SettableClock clock = new SettableClock(Fixtures.START);
    private final Fixtures fixtures = new Fixtures(31);
    final InMemorySpanStore store = new InMemorySpanStore(clock, 100_000);

    /** A verdict of one policy or check: what it notes is told in pairs of key and value. */
    record Verdict(String name, Status status, String message, List<Object> notes) {}

    TargetStory() {
        store.addWorkspace(WORKSPACE);
    }

    static Verdict verdict(String name, Status status, String message, Object... notes) {
        return new Verdict(name, status, message, List.of(notes));
    }

    /** A reconcile that was stopped by, or passed, these; evaluations, but for those whose status is one of checks. */
    TargetStory reconcile(String target, String release, Verdict... verdicts) {
        return write(judged(target, release, verdicts).spans());
    }

    /** The same, and a job besides, which ended so; null if it hasn't ended. */
    TargetStory deploy(String target, String release, String jobId, Status ended, Verdict... verdicts) {
        var trace = judged(target, release, verdicts).with(AttributeKeys.JOB_ID, jobId);
        trace.add(
                trace.spans().get(0),
                "Job: github-action",
                Phase.EXECUTION,
                ACTION,
                ended,
                Attributes.of(AttributeKeys.JOB_TYPE, "github-action"));
        return write(trace.spans());
    }

    private TraceFixture judged(String target, String release, Verdict... verdicts) {
        var trace = fixtures.trace(WORKSPACE).target(target).release(release);
        var root = trace.root(Status.COMPLETED);
        var against = false;
        var phase = Phase.PLANNING;
        for (var verdict : verdicts) {
            var isCheck = verdict.status() == Status.COMPLETED || verdict.status() == Status.FAILED;
            against |= verdict.status() != Status.COMPLETED && verdict.status() != Status.ALLOWED;
            phase = isCheck ? Phase.ELIGIBILITY : Phase.PLANNING;
            trace.add(
                    root,
                    verdict.name(),
                    phase,
                    isCheck ? CHECK : EVALUATION,
                    verdict.status(),
                    Attributes.of(AttributeKeys.MESSAGE, verdict.message()));
            trace.noting(events(trace, verdict.notes()));
        }
        trace.add(root, "decided", phase, DECISION, against ? Status.FAILED : Status.SKIPPED);
        return trace;
    }

    private static SpanEvent[] events(TraceFixture trace, List<Object> notes) {
        var events = new ArrayList<SpanEvent>();
        for (var i = 0; i < notes.size(); i += 2) {
            var key = (String) notes.get(i);
            events.add(trace.event(key, Attributes.of(key, notes.get(i + 1))));
        }
        return events.toArray(SpanEvent[]::new);
    }

    /** A trace of the job of the trace that was written last. */
    TargetStory pipeline(String jobId, Status ended) {
        var parent = store.traces(WORKSPACE, TraceFilter.ALL, PageRequest.first(1), DEADLINE)
                .items()
                .get(0)
                .summary();
        var pipeline = fixtures.trace(WORKSPACE)
                .with(AttributeKeys.RELEASE_TARGET_KEY, parent.releaseTargetKey())
                .with(AttributeKeys.PARENT_TRACE_ID, parent.traceId())
                .with(AttributeKeys.JOB_ID, jobId);
        var build = pipeline.add(null, "deploy", Phase.EXTERNAL, ACTION, Status.COMPLETED);
        pipeline.add(
                build,
                "terraform apply",
                Phase.EXTERNAL,
                ACTION,
                ended,
                Attributes.of(AttributeKeys.MESSAGE, "exit 7: the state is locked"));
        return write(pipeline.spans());
    }

    TargetStory write(List<Span> spans) {
        store.write(spans, DEADLINE);
        clock.advance(Duration.ofMinutes(1));
        return this;
    }

    Fixtures fixtures() {
        return fixtures;
    }

    TargetWhy why(String target) {
        return why(target, null);
    }

    TargetWhy why(String target, @Nullable Instant since) {
        return new Answers(store).whyTarget(WORKSPACE, target, since, DEADLINE);
    }

    /** The answer, so long after the last reconcile. */
    List<String> lines(String target, Duration later) {
        return why(target).lines(clock.instant().minus(Duration.ofMinutes(1)).plus(later));
    }
}
