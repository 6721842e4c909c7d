package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.opa.OpaDecision;
import io.deploytrace.opa.OpaRecorder;
import io.deploytrace.opa.VerdictReader;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Open Policy Agent decided, as the program tells it from PostgreSQL. */
class PolicyEngineTest {

    private static final String ENTRY = """
            {
              "decision_id": "5b3f0f7c-6a0b-4f86-9a71-6b9d2f1f0c55",
              "bundles": {"release-policies": {"revision": "rp-1042"}},
              "path": "deploy/production",
              "input": {"environment": "production", "slack_token": "xoxb-1", "requester": {"name": "bob", "ssn": "078-05-1120"}},
              "result": {"deny": ["the change freeze lasts until Monday"]},
              "erased": ["/input/requester/ssn"],
              "timestamp": "2026-11-22T09:00:00Z"
            }
            """;

    @Test
    void why_namesTheRulePath_andSaysWhatThePolicySaid() throws Exception {
        var url = TestDatabase.createMigrated();
        var program = TestProgram.create().variables(Map.of("DEPLOYTRACE_DATABASE_URL", url));
        var workspace = program.run("workspace", "create", "shop").out().strip();
        try (var target = ReconcileTarget.builder(workspace, "checkout-production")
                .store(PostgresSpanStore.builder(
                                DatabaseAddress.parse(url, null).dataSource())
                        .build())
                .releaseId("checkout@v5")
                .start()) {
            OpaRecorder.reading(VerdictReader.deniedAt("/deny"))
                    .record(target.startPlanning(), OpaDecision.parse(ENTRY));
        }

        assertThat(program.run("why", "checkout-production").out())
                .startsWith("Not deployed: checkout@v5 has been blocked by deploy/production for ")
                .contains("It says: the change freeze lasts until Monday (");
        var json = program.run("why", "checkout-production", "--json").out();
        assertThat(JsonFields.of(json).at("blockers/rule")).containsExactly("deploy/production");
        assertThat(JsonFields.of(json).at("blockers/metadata/opa.bundles/release-policies"))
                .containsExactly("rp-1042");
        assertThat(json).contains("\"bob\"").doesNotContain("078-05-1120", "xoxb-1");
    }
}
