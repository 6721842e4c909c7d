package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Outcome;
import io.deploytrace.span.Span;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.RecentTrace;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TargetState;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The list of release targets: each with its newest traces, and since when they say the same. */
public abstract class TargetsContract extends StoreContract {

    private static final PageRequest PAGE = PageRequest.first(1_000);

    private List<TargetState> targets(@Nullable Outcome outcome, @Nullable String text) {
        var page = reader().targets(workspace, new TargetFilter(outcome, text), PAGE, soon());
        assertThat(page.nextCursor()).isNull();
        return page.items();
    }

    private static List<String> keys(List<TargetState> targets) {
        return targets.stream()
                .map(target -> String.valueOf(target.latest().summary().releaseTargetKey()))
                .toList();
    }

    private List<Span> blocked(String target) {
        return fixtures.stopped(workspace, target, Status.BLOCKED);
    }

    private List<Span> pending(String target) {
        return fixtures.stopped(workspace, target, Status.PENDING);
    }

    /** What a target must look like whose traces were written in this order. */
    private static TargetState state(List<StoredTrace> oldestFirst) {
        var newestFirst = new ArrayList<>(oldestFirst);
        Collections.reverse(newestFirst);
        return new TargetState(
                newestFirst.get(0),
                newestFirst.stream()
                        .limit(TargetState.RECENT)
                        .map(RecentTrace::of)
                        .toList());
    }

    @Test
    void targets_areInTheOrderOfTheirBytesEachWithItsTracesNewestFirst() {
        var api = new ArrayList<StoredTrace>();
        for (var target : List.of("Zebra", "élan", "billing", "\uD83D\uDE80", "\uFF5A")) {
            api.addAll(writeEach(List.of(blocked("api"))));
            writeEach(List.of(blocked(target), pending(target)));
        }

        var found = targets(null, null);

        assertThat(keys(found)).containsExactly("Zebra", "api", "billing", "élan", "\uFF5A", "\uD83D\uDE80");
        assertThat(found.get(1)).isEqualTo(state(api));
        assertThat(found)
                .allSatisfy(target -> assertThat(target.recent().get(0)).isEqualTo(RecentTrace.of(target.latest())));
    }

    @Test
    void targets_ofExternalTracesAlone_areNoneAndExternalOnesDontCount() {
        var job = fixtures.failedJob(workspace, "api", "job-7");
        write(job);
        write(fixtures.external(workspace, job.get(0).traceId(), "job-7", Status.FAILED));
        write(fixtures.single(workspace));

        assertThat(targets(null, null)).containsExactly(state(List.of(stored(job))));
    }

    @Test
    void targets_ofAnOutcome_haveItInTheirNewestTrace() {
        writeEach(List.of(blocked("a"), pending("a"), pending("b"), blocked("b"), blocked("c")));

        assertThat(keys(targets(Outcome.BLOCKED, null))).containsExactly("b", "c");
        assertThat(keys(targets(Outcome.WAITING, null))).containsExactly("a");
        assertThat(keys(targets(Outcome.DEPLOYED, null))).isEmpty();
    }

    @Test
    void targets_ofATextAndAnOutcome_haveBoth() {
        writeEach(List.of(blocked("web-api"), pending("API-1"), blocked("api-2"), blocked("billing")));

        assertThat(keys(targets(null, "Api"))).containsExactly("API-1", "api-2", "web-api");
        assertThat(keys(targets(Outcome.BLOCKED, "API"))).containsExactly("api-2", "web-api");
    }

    @Test
    void targets_withAFilterInPages_joinIntoTheWhole() {
        for (var i = 0; i < 9; i++) {
            write(i % 3 == 0 ? pending("target-" + i) : blocked("target-" + i));
        }
        var filter = new TargetFilter(Outcome.BLOCKED, "T");
        var joined = new ArrayList<TargetState>();
        var page = reader().targets(workspace, filter, PageRequest.first(4), soon());
        joined.addAll(page.items());
        write(blocked("target-0"));
        write(blocked("target-99"));
        page = reader().targets(workspace, filter, new PageRequest(4, page.nextCursor()), soon());
        joined.addAll(page.items());

        assertThat(page.nextCursor()).isNull();
        assertThat(keys(joined))
                .containsExactly("target-1", "target-2", "target-4", "target-5", "target-7", "target-8", "target-99");
    }

    @Test
    void since_ofATarget_isWhenTheOldestOfTheSameAnswerWasWritten() {
        var stored = writeEach(List.of(blocked("a"), pending("a"), blocked("a"), blocked("a")));

        var target = targets(null, null).get(0);

        assertThat(target).isEqualTo(state(stored));
        assertThat(target.since()).isEqualTo(stored.get(2).createdAt());
        assertThat(target.sinceIsKnown()).isTrue();
    }

    @Test
    void since_ofATargetWithMoreTracesThanAreShown_isKnownOnlyIfTheyEndWithAnother() {
        var stored = new ArrayList<StoredTrace>();
        for (var i = 0; i < TargetState.RECENT - 1; i++) {
            stored.addAll(writeEach(List.of(blocked("a"))));
        }
        assertThat(targets(null, null).get(0).sinceIsKnown()).isTrue();
        stored.addAll(writeEach(List.of(blocked("a"))));
        stored.addAll(writeEach(List.of(blocked("a"))));

        var target = targets(null, null).get(0);

        assertThat(target).isEqualTo(state(stored));
        assertThat(target.recent()).hasSize(TargetState.RECENT);
        assertThat(target.sinceIsKnown()).isFalse();
        assertThat(target.since()).isEqualTo(stored.get(1).createdAt());
    }

    @Test
    void targetKeys_ofABeginning_areTheFirstOnesInOrder() {
        for (var target :
                List.of("billing", "api-b", "api-\uD83D\uDE80", "api-a", "api", "Api", "ap_", "ap%", "api-a")) {
            write(blocked(target));
        }
        write(fixtures.external(workspace, fixtures.traceId(), "job-7", Status.COMPLETED));
        write(fixtures.stopped(store.newWorkspace(), "api-foreign", Status.BLOCKED));

        assertThat(targetKeys("api", 10)).containsExactly("api", "api-a", "api-b", "api-\uD83D\uDE80");
        assertThat(targetKeys("api", 2)).containsExactly("api", "api-a");
        assertThat(targetKeys("api-c", 10)).isEmpty();
        assertThat(targetKeys("ap%", 10)).containsExactly("ap%");
        assertThat(targetKeys("zebra", 10)).isEmpty();
        assertThat(targetKeys("", 3)).containsExactly("Api", "ap%", "ap_");
    }

    private List<String> targetKeys(String beginning, int limit) {
        return reader().targetKeys(workspace, beginning, limit, soon());
    }
}
