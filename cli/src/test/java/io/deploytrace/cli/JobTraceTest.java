package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Span;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a job token takes from the trace that triggered the job. */
class JobTraceTest {

    private static final String KEYS = "k1:0123456789abcdef0123456789abcdef";

    private TestProgram program;
    private String workspace;
    private String traceId;
    private String jobSpanId;

    @BeforeEach
    void record() throws Exception {
        var url = TestDatabase.createMigrated();
        program = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", url, "DEPLOYTRACE_TOKEN_SECRET", KEYS));
        workspace = program.run("workspace", "create", "shop").out().strip();
        var store = PostgresSpanStore.builder(DatabaseAddress.parse(url, null).dataSource())
                .build();
        try (var target = ReconcileTarget.builder(workspace, "api/production")
                .store(store)
                .releaseId("r1")
                .start()) {
            traceId = target.traceId();
            target.startExecution().triggerJob("github-action", Map.of(), "j1").end();
            jobSpanId = target.spans().stream()
                    .filter(span -> span.name().equals("Job: github-action"))
                    .map(Span::spanId)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private TestProgram.Result token(String... options) {
        var arguments = new java.util.ArrayList<>(java.util.List.of("token", traceId));
        arguments.addAll(java.util.List.of(options));
        return program.run(arguments.toArray(String[]::new));
    }

    @Test
    void token_isThatOfTheJob() {
        var result = token("--job", "j1");

        assertThat(result.err()).isEmpty();
        assertThat(JobTokens.ofKeys(KEYS).verify(result.out().strip()).job())
                .isEqualTo(new JobReference(workspace, traceId, jobSpanId, "j1", "api/production", "r1"));
    }

    @Test
    void unknownJob_isNotFound() {
        assertThat(token("--job", "j2"))
                .isEqualTo(new TestProgram.Result(
                        1, "", "deploytrace: The trace " + traceId + " triggered no job 'j2'. It triggered: j1.\n"));
    }

    @Test
    void unknownParent_isNotFound() {
        assertThat(token("--job", "j1", "--parent", "00000000000000aa"))
                .isEqualTo(new TestProgram.Result(
                        1, "", "deploytrace: The trace " + traceId + " has no span 00000000000000aa.\n"));
    }

    @Test
    void traceOfAnotherWorkspace_isNotFound() {
        program.run("workspace", "create", "bank");

        assertThat(token("--job", "j1", "--workspace", "bank"))
                .isEqualTo(new TestProgram.Result(
                        1, "", "deploytrace: There is no trace " + traceId + " in this workspace.\n"));
    }
}
