package io.deploytrace.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Completeness;
import io.deploytrace.query.Outcome;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The words are stored in databases: to change one is to break what is there. */
class VocabularyTest {

    private static <T> void assertWords(
            T[] constants, Function<T, String> value, Function<String, Optional<T>> ofValue, String... words) {
        assertThat(Arrays.stream(constants).map(value)).containsExactly(words);
        for (var constant : constants) {
            assertThat(ofValue.apply(value.apply(constant))).contains(constant);
        }
        assertThat(ofValue.apply("odd")).isEmpty();
        assertThat(ofValue.apply("")).isEmpty();
        assertThat(ofValue.apply(words[0].toUpperCase(Locale.ROOT))).isEmpty();
    }

    @Test
    void words_areThoseOfTheTable() {
        assertWords(
                Phase.values(),
                Phase::value,
                Phase::ofValue,
                "reconciliation",
                "planning",
                "eligibility",
                "execution",
                "action",
                "external");
        assertWords(
                NodeType.values(),
                NodeType::value,
                NodeType::ofValue,
                "phase",
                "evaluation",
                "check",
                "decision",
                "action");
        assertWords(
                Status.values(),
                Status::value,
                Status::ofValue,
                "running",
                "completed",
                "failed",
                "allowed",
                "blocked",
                "pending",
                "skipped");
        assertWords(Result.values(), Result::value, Result::ofValue, "allowed", "blocked", "pending");
        assertThat(CheckResult.values()).extracting(CheckResult::value).containsExactly("pass", "fail");
        assertThat(StepResult.values()).extracting(StepResult::value).containsExactly("pass", "fail");
        assertThat(Decision.values()).extracting(Decision::value).containsExactly("approved", "rejected");
        assertWords(
                Outcome.values(),
                Outcome::value,
                Outcome::ofValue,
                "running",
                "deployed",
                "blocked",
                "waiting",
                "ineligible",
                "failed",
                "skipped");
        assertThat(Arrays.stream(Completeness.values()).map(Completeness::value))
                .containsExactly("complete", "open", "partial");
    }

    @Test
    void attributeKeys_areThoseOfTheTable() throws IllegalAccessException {
        var keys = new ArrayList<Object>();
        for (var field : AttributeKeys.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                keys.add(field.get(null));
            }
        }
        assertThat(keys)
                .isEqualTo(List.of(
                        "ctrlplane.",
                        "ctrlplane.workspace_id",
                        "ctrlplane.release_target_key",
                        "ctrlplane.release_id",
                        "ctrlplane.job_id",
                        "ctrlplane.parent_trace_id",
                        "ctrlplane.parent_span_id",
                        "ctrlplane.phase",
                        "ctrlplane.node_type",
                        "ctrlplane.status",
                        "ctrlplane.depth",
                        "ctrlplane.sequence",
                        "ctrlplane.trigger",
                        "ctrlplane.result",
                        "ctrlplane.message",
                        "ctrlplane.rule_id",
                        "ctrlplane.next_evaluation",
                        "ctrlplane.decision",
                        "ctrlplane.job_type",
                        "ctrlplane.job_config.",
                        "ctrlplane.cut_count"));
    }

    @Test
    void spanNames_areThoseOfTheSpecification() {
        assertThat(SpanNames.reconciliation(null)).isEqualTo("Reconciliation");
        assertThat(SpanNames.reconciliation("version.created")).isEqualTo("Reconciliation (version.created)");
        assertThat(SpanNames.job("github-action")).isEqualTo("Job: github-action");
    }
}
