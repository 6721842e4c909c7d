package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Where a job's spans go, and whose state is whose. */
class JobSettingsTest {

    private static JobSettings settings(Map<String, String> variables, String... pairs) {
        var all = new TreeMap<>(variables);
        all.put("DEPLOYTRACE_TOKEN", "dj_abc");
        for (var i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return JobSettings.of(all);
    }

    @Test
    void server_variable_isUsedWithoutSlashesAtItsEnd() {
        assertThat(settings(Map.of()).traces()).hasToString("http://127.0.0.1:8090/v1/traces");
        assertThat(settings(Map.of(), "DEPLOYTRACE_URL", " https://d.example.com// ")
                        .traces())
                .hasToString("https://d.example.com/v1/traces");
        assertThat(settings(Map.of(), "DEPLOYTRACE_URL", "https://example.com:1/deploytrace/")
                        .traces())
                .hasToString("https://example.com:1/deploytrace/v1/traces");
    }

    @Test
    void server_noAddress_isRefusedWithoutItsPassword() {
        for (var wrong : List.of(
                "deploytrace.example.com",
                "ftp://example.com",
                "https://",
                "https://ada:s3cr3t@example.com",
                "https://ada:s3/cr3t@example.com",
                "ada:s3cr3t@example.com",
                "https://example.com?token=s3cr3t",
                "https://example.com#s3cr3t",
                "https://exa mple.com")) {
            assertThatThrownBy(() -> settings(Map.of(), "DEPLOYTRACE_URL", wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("DEPLOYTRACE_URL must be the address of the server, such as"
                            + " https://deploytrace.example.com, but is '")
                    .hasMessageNotContainingAny("s3cr3t", "cr3t");
        }
    }

    @Test
    void token_missing_saysWhereItComesFrom() {
        for (var token : List.of("", "  \n")) {
            assertThatThrownBy(() -> settings(Map.of(), "DEPLOYTRACE_TOKEN", token))
                    .hasMessage("DEPLOYTRACE_TOKEN isn't set. The controller that triggers the job hands it over, or"
                            + " 'deploytrace token' does.");
        }
    }

    @Test
    void token_notOne_isRefusedWithoutBeingQuoted() {
        for (var token : List.of("a b", "a\r\nHost: evil", "s\u00fcss")) {
            assertThatThrownBy(() -> settings(Map.of(), "DEPLOYTRACE_TOKEN", token))
                    .hasMessage("DEPLOYTRACE_TOKEN isn't a token: it holds spaces or other characters.");
        }
    }

    @Test
    void toString_settings_holdsNoToken() {
        assertThat(settings(Map.of()).toString()).isEqualTo("http://127.0.0.1:8090");
    }

    @Test
    void key_stepsOfOneJob_isOne() {
        for (Supplier<Map<String, String>> job : environments()) {
            assertThat(settings(job.get(), "GITHUB_ACTION", "__run_3", "TRACEPARENT", "x")
                            .key())
                    .isEqualTo(settings(job.get()).key())
                    .matches("[0-9a-f]{16}");
        }
    }

    @Test
    void key_jobsOfOneTokenOnOneMachine_areDifferent() {
        var keys = new ArrayList<String>();
        environments().forEach(job -> keys.add(settings(job.get()).key()));
        keys.add(settings(Map.of()).key());
        keys.add(settings(CiEnvironments.github(), "GITHUB_JOB", "test").key());
        keys.add(settings(CiEnvironments.github(), "GITHUB_RUN_ID", "2").key());
        keys.add(settings(CiEnvironments.github(), "GITHUB_RUN_ATTEMPT", "4").key());
        keys.add(settings(CiEnvironments.github(), "RUNNER_NAME", "leg of a matrix")
                .key());
        keys.add(settings(CiEnvironments.gitlab(), "CI_JOB_ID", "51").key());
        keys.add(settings(CiEnvironments.jenkins(), "BUILD_NUMBER", "154").key());
        keys.add(settings(CiEnvironments.jenkins(), "JOB_NAME", "shop/other").key());
        keys.add(settings(CiEnvironments.buildkite(), "BUILDKITE_JOB_ID", "other")
                .key());
        keys.add(settings(CiEnvironments.github(), "DEPLOYTRACE_TOKEN", "dj_other")
                .key());

        assertThat(keys).doesNotHaveDuplicates();
    }

    private static List<Supplier<Map<String, String>>> environments() {
        return List.of(
                CiEnvironments::github, CiEnvironments::gitlab, CiEnvironments::jenkins, CiEnvironments::buildkite);
    }
}
