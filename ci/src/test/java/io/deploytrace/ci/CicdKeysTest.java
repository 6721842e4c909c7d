package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.vocabulary.CicdKeys;
import io.opentelemetry.semconv.incubating.CicdIncubatingAttributes;
import io.opentelemetry.semconv.incubating.CicdIncubatingAttributes.CicdPipelineTaskRunResultIncubatingValues;
import io.opentelemetry.semconv.incubating.DeploymentIncubatingAttributes;
import io.opentelemetry.semconv.incubating.ProcessIncubatingAttributes;
import io.opentelemetry.semconv.incubating.VcsIncubatingAttributes;
import io.opentelemetry.semconv.incubating.VcsIncubatingAttributes.VcsRefHeadTypeIncubatingValues;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Other tools look for these keys by OpenTelemetry's names. */
class CicdKeysTest {

    private static final List<Class<?>> CONVENTIONS = List.of(
            CicdIncubatingAttributes.class,
            DeploymentIncubatingAttributes.class,
            ProcessIncubatingAttributes.class,
            VcsIncubatingAttributes.class);

    @Test
    void keys_notOurs_areThoseOfTheConventions() throws Exception {
        var known = known();
        for (var field : CicdKeys.class.getFields()) {
            var key = (String) field.get(null);
            if (!key.startsWith(CicdKeys.PREFIX)) {
                assertThat(known).as(field.getName()).contains(key);
            }
        }
    }

    @Test
    void keys_all_areDifferent() {
        assertThat(Arrays.stream(CicdKeys.class.getFields()).map(CicdKeysTest::text))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(20);
    }

    @Test
    void values_thatTheConventionsName_areTheirs() {
        var branch = Runner.facts(new RunnerVariables(CiEnvironments.gitlab()));
        var tag = Runner.facts(new RunnerVariables(Map.of("GITLAB_CI", "true", "CI_COMMIT_TAG", "v1")));

        assertThat(branch).containsEntry(CicdKeys.REF_TYPE, VcsRefHeadTypeIncubatingValues.BRANCH);
        assertThat(tag).containsEntry(CicdKeys.REF_TYPE, VcsRefHeadTypeIncubatingValues.TAG);
        assertThat(result(false)).contains("\"" + CicdPipelineTaskRunResultIncubatingValues.SUCCESS + "\"");
        assertThat(result(true)).contains("\"" + CicdPipelineTaskRunResultIncubatingValues.FAILURE + "\"");
    }

    private static String result(boolean failed) {
        var span = new JobSpan("a", null, "b", Instant.EPOCH, 0, false, null, Map.of(), List.of());
        return SpanMessage.ended("t", span, new Ending(Instant.EPOCH, failed, null, Map.of()));
    }

    private static String text(java.lang.reflect.Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> known() {
        var known = new HashSet<String>();
        for (var convention : CONVENTIONS) {
            Arrays.stream(convention.getFields())
                    .filter(field -> Modifier.isStatic(field.getModifiers()))
                    .forEach(field -> known.add(text(field)));
        }
        return known;
    }
}
