package io.deploytrace.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Completeness;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DemoDayTest {

    private static final Instant END = Instant.parse("2026-11-22T14:30:00Z");

    private final List<DemoReconcile> reconciles = DemoDay.endingAt(END);
    private final List<DemoRecorder.Recorded> recorded = record();

    private List<DemoRecorder.Recorded> record() {
        var recorder = new DemoRecorder(TestTrace.WORKSPACE, END);
        return reconciles.stream().map(recorder::record).toList();
    }

    @Test
    void day_hasFortyTargetsAndAboutSixHundredReconciles() {
        assertThat(reconciles.stream().map(DemoReconcile::target).distinct()).hasSize(40);
        assertThat(reconciles.size()).isBetween(560, 640);
    }

    @Test
    void day_liesWithinTheLast24Hours() {
        assertThat(recorded)
                .allMatch(each -> !each.time().isAfter(END))
                .allMatch(each -> each.spans().get(0).startTime().isAfter(END.minus(Duration.ofDays(1))));
    }

    @Test
    void day_isTheSameEveryTime() {
        assertThat(DemoDay.endingAt(END)).isEqualTo(reconciles);
        assertThat(names(record())).isEqualTo(names(recorded));
    }

    @Test
    void day_hasEveryOutcome() {
        var outcomes = recorded.stream()
                .map(each -> Why.of(each.spans()).outcome())
                .collect(groupingBy(outcome -> outcome, () -> new TreeMap<>(), counting()));

        assertThat(outcomes.keySet()).isEqualTo(EnumSet.allOf(Outcome.class));
        assertThat(outcomes)
                .as("%s", outcomes)
                .allSatisfy((outcome, count) -> assertThat(count).isPositive());
    }

    @Test
    void day_endsAsItsStoriesSay() {
        var last = new HashMap<String, Why>();
        for (var i = 0; i < reconciles.size(); i++) {
            last.put(reconciles.get(i).target(), Why.of(recorded.get(i).spans()));
        }
        var notDeployed = new TreeMap<String, String>();
        last.forEach((target, why) -> {
            if (why.outcome() != Outcome.DEPLOYED) {
                notDeployed.put(target, why.outcome().value() + cause(why));
            }
        });

        assertThat(notDeployed)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("checkout-production", "blocked by Approval Policy"),
                        Map.entry("payments-production", "blocked by Approval Policy"),
                        Map.entry("reporting-production", "blocked by Change Freeze"),
                        Map.entry("billing-production", "waiting by Deployment Window"),
                        Map.entry("search-production-us", "waiting by Environment Progression"),
                        Map.entry("catalog-production-us", "waiting by Concurrency Limit"),
                        Map.entry("notifications-production", "ineligible by Target Health"),
                        Map.entry("reporting-staging", "ineligible by Retry Limit"),
                        Map.entry("search-staging", "failed by terraform apply"),
                        Map.entry("web-frontend-production-us", "failed by Check error rate"),
                        Map.entry("web-frontend-development", "skipped"),
                        Map.entry("auth-production", "running"),
                        Map.entry("auth-production-us", "running"))));
    }

    @Test
    void traces_areCompleteOrOpen() {
        var completeness = recorded.stream()
                .flatMap(each -> byTrace(each.spans()).stream())
                .map(Completeness::of)
                .collect(groupingBy(each -> each, () -> new TreeMap<>(), counting()));

        assertThat(completeness.get(Completeness.OPEN)).isEqualTo(3);
        assertThat(completeness).doesNotContainKey(Completeness.PARTIAL);
    }

    @Test
    void externalTraces_nameTheirJobAndParent() {
        for (var each : recorded) {
            var parent = each.spans().get(0).traceId();
            var external = each.spans().stream()
                    .filter(span -> Phase.EXTERNAL.value().equals(span.phase()))
                    .toList();
            var job = TraceSummary.of(each.spans().stream()
                            .filter(span -> span.traceId().equals(parent))
                            .toList())
                    .jobId();

            assertThat(external).allMatch(span -> parent.equals(span.parentTraceId()));
            assertThat(external).allMatch(span -> span.jobId().equals(job));
        }
    }

    private static Collection<List<Span>> byTrace(List<Span> spans) {
        return spans.stream().collect(groupingBy(Span::traceId)).values();
    }

    private static String cause(Why why) {
        return why.cause() == null ? "" : " by " + why.cause().name();
    }

    private static List<String> names(List<DemoRecorder.Recorded> recorded) {
        return recorded.stream()
                .flatMap(each -> each.spans().stream())
                .map(span -> span.name() + " " + span.startTime() + " " + span.endTime() + " " + span.status())
                .toList();
    }
}
