package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@link Why} agrees with {@link PlainWhy}, whatever the traces look like and however they are linked. */
class WhyOfEveryShapeTest {

    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");

    private final Fixtures fixtures = new Fixtures(20_261_123);

    @Test
    void of_singleTraces_isThatOfThePlainRules() {
        for (var i = 0; i < 2_000; i++) {
            assertAgrees(i, GeneratedTraces.next(fixtures, WORKSPACE));
        }
    }

    @Test
    void of_linkedTraces_isThatOfThePlainRulesAtEveryLevel() {
        var levels = new ArrayList<Integer>();
        var openLevels = new ArrayList<Integer>();
        var outcomes = EnumSet.noneOf(Outcome.class);
        var nextEvaluations = new HashSet<Instant>();
        for (var i = 0; i < 2_500; i++) {
            var why = assertAgrees(i, GeneratedTraces.family(fixtures, WORKSPACE));
            why.blockers().forEach(blocker -> levels.add(blocker.within().size()));
            why.open().forEach(open -> openLevels.add(open.within().size()));
            outcomes.add(why.outcome());
            nextEvaluations.add(why.nextEvaluation());
        }

        assertThat(levels).contains(0, 1, 2, 3);
        assertThat(openLevels).contains(0, 1, 2, 3);
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
        assertThat(nextEvaluations).hasSize(4).containsNull();
    }

    private static Why assertAgrees(int number, List<Span> spans) {
        var plain = new PlainWhy(spans);
        var why = Why.of(spans);
        Supplier<String> description = () -> "shape " + number + ": " + spans;

        assertThat(why.summary()).as(description).isEqualTo(TraceSummary.of(plain.main()));
        assertThat(why.outcome()).as(description).isEqualTo(plain.outcome());
        assertThat(why.blockers()).as(description).extracting(Blocker::span).isEqualTo(plain.causes());
        assertThat(why.blockers())
                .as(description)
                .allSatisfy(blocker -> assertThat(blocker.within()).isEqualTo(plain.within(blocker.span())));
        assertThat(why.open()).as(description).extracting(OpenStep::span).isEqualTo(plain.open());
        assertThat(why.open())
                .as(description)
                .allSatisfy(open -> assertThat(open.within()).isEqualTo(plain.within(open.span())));
        assertThat(why.lastActivity()).as(description).isEqualTo(plain.lastActivity());
        assertThat(why.nextEvaluation()).as(description).isEqualTo(plain.nextEvaluation());
        assertMissing(description, why, plain);
        return why;
    }

    private static void assertMissing(Supplier<String> description, Why why, PlainWhy plain) {
        var missing = new LinkedHashMap<String, List<Span>>();
        why.missingParents().forEach(parent -> {
            assertThat(parent.childCount())
                    .isGreaterThanOrEqualTo(parent.children().size());
            missing.put(parent.spanId(), parent.children());
        });
        var expected = new LinkedHashMap<String, List<Span>>();
        plain.missing().forEach((id, children) -> {
            if (expected.size() < Why.MAXIMUM_MISSING_PARENTS) {
                expected.put(id, children.subList(0, Math.min(children.size(), MissingParent.MAXIMUM_CHILDREN)));
            }
        });
        assertThat(List.copyOf(missing.entrySet())).as(description).isEqualTo(List.copyOf(expected.entrySet()));
        if (!missing.isEmpty()) {
            assertThat(why.completeness()).as(description).isEqualTo(Completeness.PARTIAL);
        }
    }
}
