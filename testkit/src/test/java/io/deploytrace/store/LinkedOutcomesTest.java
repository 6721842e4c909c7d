package io.deploytrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Blocker;
import io.deploytrace.query.Cause;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.Why;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import io.deploytrace.testkit.SettableClock;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers about many traces say the same of each as {@link Why} does. */
class LinkedOutcomesTest {

    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");
    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(5));
    private static final PageRequest WHOLE = PageRequest.first(1_000);

    private final Fixtures fixtures = new Fixtures(20_261_129);
    private final SettableClock clock = new SettableClock(Fixtures.START);
    private final InMemorySpanStore store = new InMemorySpanStore(clock, 1_000_000);

    @BeforeEach
    void addWorkspace() {
        store.addWorkspace(WORKSPACE);
    }

    private void write(List<Span> spans) {
        store.write(spans, DEADLINE);
        clock.advance(Duration.ofMinutes(1));
    }

    private List<TraceBrief> briefs() {
        return store.traces(WORKSPACE, TraceFilter.ALL, WHOLE, DEADLINE).items().stream()
                .map(StoredTrace::brief)
                .toList();
    }

    private Map<String, TraceBrief> overall() {
        return new LinkedOutcomes(store, WORKSPACE, DEADLINE).of(briefs());
    }

    private Why why(String traceId) {
        return Why.of(store.traceWithLinked(WORKSPACE, traceId, DEADLINE));
    }

    private static @Nullable Cause causeOf(Why why) {
        return why.cause() == null ? null : cause(why.cause());
    }

    private static Cause cause(Blocker blocker) {
        return new Cause(blocker.span().spanId(), blocker.rule(), blocker.name(), blocker.message());
    }

    @Test
    void of_tracesOfEveryShape_haveTheOutcomeAndCauseOfWhy() {
        var changed = new AtomicInteger();
        for (var i = 0; i < 150; i++) {
            write(withoutOwnParents(GeneratedTraces.family(fixtures, WORKSPACE)));
        }

        overall().forEach((id, brief) -> {
            var why = why(id);
            assertThat(brief.outcome()).as(id).isEqualTo(why.outcome());
            assertThat(brief.cause()).as(id).isEqualTo(causeOf(why));
            if (!Objects.equals(brief.cause(), why.summary().cause())) {
                changed.incrementAndGet();
            }
        });

        assertThat(changed).hasValueGreaterThan(10);
    }

    /** A store takes no span that names its own trace as its parent. */
    private static List<Span> withoutOwnParents(List<Span> family) {
        return family.stream()
                .filter(span -> !span.traceId().equals(span.parentTraceId()))
                .toList();
    }

    @Test
    void of_aControllerThatEndsItsJobAndThenFails_isBecauseOfTheStepInThePipeline() {
        var trace = fixtures.trace(WORKSPACE).target("api").with(AttributeKeys.JOB_ID, "job-7");
        var root = trace.root(Status.FAILED);
        trace.add(root, "Job: argo", Phase.EXECUTION, NodeType.ACTION, Status.COMPLETED);
        write(trace.spans());
        assertThat(overall().get(trace.traceId()).cause().name()).isEqualTo("Reconciliation");

        write(fixtures.external(WORKSPACE, trace.traceId(), "job-7", Status.FAILED));

        assertThat(overall().get(trace.traceId()).cause().name()).isEqualTo("apply");
    }

    @Test
    void of_aPipelineThatStartedAnother_isBecauseOfTheInnermost() {
        var parent = fixtures.failedJob(WORKSPACE, "api", "job-7");
        var outer = fixtures.external(WORKSPACE, parent.get(0).traceId(), "job-7", Status.FAILED);
        var inner = fixtures.external(WORKSPACE, outer.get(0).traceId(), "job-8", Status.FAILED);
        List.of(parent, outer, inner).forEach(this::write);

        assertThat(overall().get(parent.get(0).traceId()).cause().spanId())
                .isEqualTo(inner.get(1).spanId());
    }

    @Test
    void of_aPipelineThatIsStillAtWork_isRunning() {
        var trace = fixtures.completeWorkflow(WORKSPACE, "api");
        var pipeline = fixtures.trace(WORKSPACE)
                .with(AttributeKeys.PARENT_TRACE_ID, trace.get(0).traceId());
        pipeline.add(null, "build", Phase.EXTERNAL, NodeType.ACTION, Status.RUNNING);
        List.of(trace, pipeline.spans()).forEach(this::write);

        var overall = overall().get(trace.get(0).traceId());

        assertThat(overall.outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(overall.cause()).isNull();
    }

    @Test
    void of_moreAndLargerTracesThanAreReadAtOnce_countsEach() {
        for (var i = 0; i < 5; i++) {
            var trace = fixtures.failedJob(WORKSPACE, "api", "job-7");
            write(trace);
            write(pipeline(trace.get(0).traceId(), i == 2 ? 6_000 : 1_500));
        }

        assertThat(overall().values())
                .hasSize(5)
                .extracting(brief -> brief.cause().message())
                .containsOnly("exit 7");
    }

    private List<Span> pipeline(String parent, int steps) {
        var pipeline = fixtures.trace(WORKSPACE)
                .with(AttributeKeys.PARENT_TRACE_ID, parent)
                .with(AttributeKeys.JOB_ID, "job-7");
        for (var i = 1; i < steps; i++) {
            pipeline.add(null, "step", Phase.EXTERNAL, NodeType.ACTION, Status.COMPLETED);
        }
        var message = Attributes.of(AttributeKeys.MESSAGE, "exit 7");
        pipeline.add(null, "apply", Phase.EXTERNAL, NodeType.ACTION, Status.FAILED, message);
        return pipeline.spans();
    }
}
