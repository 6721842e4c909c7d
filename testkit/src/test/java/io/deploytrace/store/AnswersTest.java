package io.deploytrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Outcome;
import io.deploytrace.query.Streak;
import io.deploytrace.query.TargetWhy;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");
    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(5));

    private final SettableClock clock = new SettableClock(Fixtures.START);
    private final InMemorySpanStore store = new InMemorySpanStore(clock, 100_000);
    private final Answers answers = new Answers(store);
    private final Fixtures fixtures = new Fixtures(11);

    @BeforeEach
    void addWorkspace() {
        store.addWorkspace(WORKSPACE);
    }

    private List<Span> write(List<Span> trace) {
        store.write(trace, DEADLINE);
        clock.advance(Duration.ofMinutes(1));
        return trace;
    }

    private TargetWhy why(String target, Instant since) {
        return answers.whyTarget(WORKSPACE, target, since, DEADLINE);
    }

    @Test
    void whyTarget_neverReconciled_saysSo() {
        assertThat(why("api", null)).isEqualTo(TargetWhy.nothingRecorded("api", null, List.of()));
    }

    @Test
    void whyTarget_theSameForLong_countsAcrossPages() {
        var deployed = write(fixtures.completeWorkflow(WORKSPACE, "api"));
        var first = write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        for (var i = 1; i < 50; i++) {
            write(fixtures.stopped(WORKSPACE, "billing", Status.PENDING));
            write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        }

        var why = why("api", null);

        assertThat(why.why().outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(why.streak()).isEqualTo(new Streak(TraceSummary.of(first).startTime(), 50, false));
        assertThat(why.before()).isEqualTo(TraceSummary.of(deployed));
        assertThat(why.lastDeployed()).isEqualTo(TraceSummary.of(deployed));
        assertThat(why.nothingSince()).isNull();
    }

    @Test
    void whyTarget_anotherRelease_beginsTheStreakAnew() {
        write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        var trace = fixtures.trace(WORKSPACE).target("api").release("v1.2.5");
        fixtures.stopped(WORKSPACE, "api", Status.BLOCKED).forEach(span -> trace.add(moved(span, trace.traceId())));
        write(trace.spans());

        assertThat(why("api", null).streak().count()).isEqualTo(1);
    }

    private static Span moved(Span span, String traceId) {
        return new Span(
                traceId,
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                span.endTime(),
                span.attributes().toBuilder()
                        .put("ctrlplane.release_id", "v1.2.5")
                        .build(),
                span.events());
    }

    @Test
    void whyTarget_nothingSince_givesTheOlderAnswerAndSaysSo() {
        write(fixtures.stopped(WORKSPACE, "api", Status.PENDING));
        var since = Fixtures.START.plusSeconds(3_600);

        assertThat(why("api", since).nothingSince()).isEqualTo(since);
        assertThat(why("api", Fixtures.START).nothingSince()).isNull();
    }

    @Test
    void whyTarget_running_tellsTheOneBefore() {
        write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        var running = fixtures.trace(WORKSPACE).target("api").release("v1.2.4");
        running.root(Status.RUNNING);
        write(running.spans());

        assertThat(why("api", null).why().outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(why("api", null).before().outcome()).isEqualTo(Outcome.BLOCKED);
    }

    @Test
    void whyTrace_includesLinkedTraces_andOtherWorkspacesNever() {
        var parent = write(fixtures.failedJob(WORKSPACE, "api", "job-7"));
        var traceId = parent.get(0).traceId();
        var linked = write(fixtures.external(WORKSPACE, traceId, "job-7", Status.FAILED));

        assertThat(answers.whyTrace(WORKSPACE, traceId, DEADLINE)
                        .orElseThrow()
                        .cause()
                        .span())
                .isEqualTo(linked.get(1));
        assertThat(answers.whyTrace(UUID.randomUUID(), traceId, DEADLINE)).isEmpty();
        assertThat(answers.whyTrace(WORKSPACE, fixtures.traceId(), DEADLINE)).isEmpty();
    }

    @Test
    void store_thatIsFull_evictsTheOldestWholeTracesAndCountsThem() {
        var small = new InMemorySpanStore(clock, 12);
        small.addWorkspace(WORKSPACE);
        var first = fixtures.stopped(WORKSPACE, "api", Status.BLOCKED);
        var second = fixtures.stopped(WORKSPACE, "api", Status.BLOCKED);
        var large = fixtures.workload(WORKSPACE, "api");
        for (var trace : List.of(first, second, fixtures.stopped(WORKSPACE, "b", Status.BLOCKED))) {
            small.write(trace, DEADLINE);
        }
        assertThat(small.evictedSpans()).isZero();

        small.write(fixtures.single(WORKSPACE), DEADLINE);
        assertThat(small.trace(WORKSPACE, first.get(0).traceId(), DEADLINE)).isEmpty();
        assertThat(small.trace(WORKSPACE, second.get(0).traceId(), DEADLINE)).isEqualTo(second);
        assertThat(small.evictedTraces()).isEqualTo(1);
        assertThat(small.evictedSpans()).isEqualTo(4);

        small.write(large, DEADLINE);
        assertThat(small.trace(WORKSPACE, large.get(0).traceId(), DEADLINE)).isEqualTo(large);
        assertThat(small.evictedTraces()).isEqualTo(4);
    }
}
