package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InnermostFailureTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void why_failedRootAroundCompletedPhaseAroundFailedJob_namesTheJob() {
        var why = Why.of(List.of(
                span(0, -1, "Reconciliation", "phase", "reconciliation", "failed"),
                span(1, 0, "Execution", "phase", "execution", "completed"),
                span(2, 1, "Job: github-action", "action", "execution", "failed")));

        assertThat(why.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(why.blockers()).extracting(Blocker::name).containsExactly("Job: github-action");
    }

    @Test
    void why_failedSpansInACircle_namesThemAll() {
        var why = Why.of(List.of(
                span(0, 1, "Job: chicken", "action", "execution", "failed"),
                span(1, 0, "Job: egg", "action", "execution", "failed")));

        assertThat(why.blockers()).extracting(Blocker::name).containsExactly("Job: chicken", "Job: egg");
    }

    private static Span span(int number, int parent, String name, String nodeType, String phase, String status) {
        return new Span(
                "%032x".formatted(1),
                "%016x".formatted(number + 1),
                parent < 0 ? null : "%016x".formatted(parent + 1),
                name,
                START,
                START.plusSeconds(number),
                Attributes.builder()
                        .put(AttributeKeys.WORKSPACE_ID, "0193a4c0-0000-7000-8000-000000000001")
                        .put(AttributeKeys.SEQUENCE, number)
                        .put(AttributeKeys.NODE_TYPE, nodeType)
                        .put(AttributeKeys.PHASE, phase)
                        .put(AttributeKeys.STATUS, status)
                        .build(),
                List.of());
    }
}
