package io.deploytrace.opa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Entries as several versions of OPA log them, and what is recorded of each. */
class RealEntriesTest {

    private static RecordedDecision recorded(String entry) throws IOException {
        return recorded(entry, VerdictReader.ofBoolean());
    }

    private static RecordedDecision recorded(String entry, VerdictReader reader) throws IOException {
        return RecordedDecision.of(OpaRecorder.reading(reader), Entries.read(entry));
    }

    @Test
    void firstVersions_haveOneRevisionAndASlashBeforeThePath() throws IOException {
        var recorded = recorded("v0.11-one-revision");

        assertThat(recorded.span().name()).isEqualTo("deploy/production/allow");
        assertThat(recorded.attribute("ctrlplane.rule_id")).isEqualTo("deploy/production/allow");
        assertThat(recorded.status()).isEqualTo("allowed");
        assertThat(recorded.message()).isEqualTo("OPA's result is true");
        assertThat(recorded.event("opa.revision")).containsOnly(Map.entry("opa.revision", "release-policies-212"));
        assertThat(recorded.event("input"))
                .isEqualTo(Map.of("release", "checkout@v4.9.0", "environment", "production", "approvals", 2L));
    }

    @Test
    void consoleLine_ofTheEnvoyPlugin_isAnEntryWithFurtherFields() throws IOException {
        var recorded = recorded("v0.28-envoy-console");

        assertThat(recorded.span().name()).isEqualTo("data.deploy.staging.allow");
        assertThat(recorded.status()).isEqualTo("blocked");
        assertThat(recorded.attribute("opa.metrics"))
                .isEqualTo(Map.of("timer_rego_query_eval_ns", 105799L, "timer_server_handler_ns", 425097L));
        assertThat(recorded.events()).containsExactly("input", "opa.result", "result");
    }

    @Test
    void erasedAndMasked_areNamedAndStayAsTheyAre() throws IOException {
        var recorded = recorded("v0.45-erased-and-masked");

        assertThat(recorded.event("input"))
                .containsEntry("requester", Map.of("name", "bob", "employee", "**REDACTED**"))
                .containsEntry("reviewers", List.of(Map.of("name", "alice"), Map.of("name", "carol")));
        assertThat(recorded.event("opa.erased"))
                .containsEntry("opa.erased", List.of("/input/requester/ssn", "/input/reviewers/0/phone"));
        assertThat(recorded.event("opa.masked")).containsEntry("opa.masked", List.of("/input/requester/employee"));
        assertThat(recorded.event("opa.bundles"))
                .containsEntry("opa.bundles", Map.of("release-policies", "rp-731", "teams", "t-88"));
    }

    @Test
    void denySet_blocksInItsWords() throws IOException {
        var recorded = recorded("v0.61-deny-set", VerdictReader.deniedAt("/deny"));

        assertThat(recorded.status()).isEqualTo("blocked");
        assertThat(recorded.message()).isEqualTo("1 of 2 approvals; outside of the window Mon-Thu 08:00-16:00");
        assertThat(recorded.attribute("opa.timestamp")).isEqualTo("2024-02-12T14:04:05.999999999Z");
    }

    @Test
    void undefinedResult_blocksAndSaysSo() throws IOException {
        var recorded = recorded("v0.64-undefined");

        assertThat(recorded.status()).isEqualTo("blocked");
        assertThat(recorded.message())
                .isEqualTo("OPA's result is undefined: no rule applies, or the bundle with the rule isn't loaded");
        assertThat(recorded.event("opa.bundles")).containsEntry("opa.bundles", Map.of("release-policies", ""));
    }

    @Test
    void error_blocksWithItsMessageCodeAndPlace() throws IOException {
        var recorded = recorded("v1.0-conflict");

        assertThat(recorded.status()).isEqualTo("blocked");
        assertThat(recorded.message())
                .isEqualTo("OPA could not evaluate it: complete rules must not produce multiple outputs"
                        + " (eval_conflict_error, deploy/production.rego:42)");
        assertThat(recorded.events()).contains("opa.error");
    }

    @Test
    void allowWithReasons_isToldInThem_andKeepsWhatIdentifiesTheDecision() throws IOException {
        var recorded = recorded("v1.4-reasons", VerdictReader.allowedAt("/allow", "/reasons"));

        assertThat(recorded.status()).isEqualTo("blocked");
        assertThat(recorded.message()).isEqualTo("the change freeze lasts until 2025-12-27");
        assertThat(recorded.attribute("opa.decision_id")).isEqualTo("f1c0ffee-0b1e-4a2d-9a39-7f5f3f0c1a2b");
        assertThat(recorded.attribute("opa.trace_id")).isEqualTo("628bab1ac0e5a0b2a8f3a0c6e2a17d24");
        assertThat(recorded.attribute("opa.span_id")).isEqualTo("cf2b5e4d1a3c7f60");
        assertThat(recorded.attribute("opa.req_id")).isEqualTo(1042L);
        assertThat(recorded.attribute("opa.requested_by")).isEqualTo("[::1]:59943");
    }

    @Test
    void secrets_thatTheRecorderMasks_areMasked_andWhatBuiltinsSentIsNotRecorded() throws IOException {
        var recorded = recorded("v1.4-reasons");

        assertThat(recorded.event("input")).containsEntry("deploy_token", "***");
        assertThat(recorded.span().toString()).doesNotContain("the token of bob", "5ecre7");
    }

    @Test
    void adHocQuery_isTheRule_andItsBindingsTellNoVerdictByThemselves() throws IOException {
        var recorded = recorded("v1.9-ad-hoc-query");

        assertThat(recorded.span().name()).isEqualTo("data.deploy.staging.allow == true");
        assertThat(recorded.status()).isEqualTo("skipped");
        assertThat(recorded.event("opa.undecided"))
                .containsEntry(
                        "opa.undecided",
                        "The result is an array, which tells the reader no verdict. Say with OpaRecorder.reading what"
                                + " it means.");
        assertThat(recorded("v1.9-ad-hoc-query", VerdictReader.allowedAt("/0/x"))
                        .status())
                .isEqualTo("allowed");
    }

    @Test
    void span_hasTheTimeOfRecording_andTheAttributeWhenOpaDecided() throws IOException {
        var recorded = recorded("v1.4-reasons");

        assertThat(recorded.span().startTime()).isEqualTo(RecordedDecision.NOW);
        assertThat(recorded.span().endTime()).isEqualTo(RecordedDecision.NOW);
        assertThat(recorded.attribute("opa.timestamp")).isEqualTo("2025-12-23T10:30:00.123456789Z");
        assertThat(Entries.read("v1.4-reasons").timestamp()).isEqualTo(Instant.parse("2025-12-23T10:30:00.123456789Z"));
    }
}
