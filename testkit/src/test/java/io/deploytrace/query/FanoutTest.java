package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Fixtures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FanoutTest {

    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final Random random = new Random(23);

    private FanoutTarget target(int index) {
        var cause = random.nextInt(4) == 0
                ? null
                : new Cause(
                        "s" + index, random.nextBoolean() ? "rule-1" : null, "step " + random.nextInt(2), message());
        var outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
        var latest = new TraceBrief("t" + index, "v1", outcome, cause, "v1:x", Fixtures.START, Fixtures.START, 1);
        return new FanoutTarget("target-%03d".formatted(index), latest, Fixtures.START, null, "v1");
    }

    private String message() {
        return random.nextInt(3) == 0 ? null : "message " + random.nextInt(2);
    }

    @Test
    void of_generatedTargets_agreesWithThePlainRules() {
        for (var i = 0; i < 2_000; i++) {
            var targets = new ArrayList<FanoutTarget>();
            for (var index = random.nextInt(30); index > 0; index--) {
                targets.add(0, target(index));
            }

            var fanout = Fanout.of("v1", targets, false);

            assertThat(fanout.targets()).isEqualTo(targets.size());
            assertThat(fanout.groups()).isEqualTo(plainGroups(targets));
        }
    }

    /** Takes for each target all that are like it, and puts the groups into the order that is stated. */
    private static List<FanoutGroup> plainGroups(List<FanoutTarget> targets) {
        var groups = new HashSet<FanoutGroup>();
        for (var target : targets) {
            var alike = targets.stream()
                    .filter(other -> kind(other).equals(kind(target)))
                    .toList();
            var messages = alike.stream()
                    .map(other -> Objects.toString(
                            other.latest().cause() == null
                                    ? null
                                    : other.latest().cause().message()))
                    .distinct()
                    .toList();
            var first = alike.get(0).latest().cause();
            var cause = first == null
                    ? null
                    : new Cause(
                            first.spanId(), first.rule(), first.name(), messages.size() == 1 ? first.message() : null);
            groups.add(new FanoutGroup(target.latest().outcome(), cause, alike));
        }
        var urgency = List.of("failed", "blocked", "ineligible", "waiting", "running", "skipped", "deployed");
        return groups.stream()
                .sorted(Comparator.comparing((FanoutGroup group) ->
                                urgency.indexOf(group.outcome().value()))
                        .thenComparing(group -> 1_000 - group.targets().size())
                        .thenComparing(group -> kind(group.targets().get(0)).get(1)))
                .toList();
    }

    private static List<String> kind(FanoutTarget target) {
        var cause = target.latest().cause();
        var subject = cause == null ? "" : Objects.requireNonNullElse(cause.rule(), cause.name());
        return List.of(target.latest().outcome().value(), subject);
    }
}
