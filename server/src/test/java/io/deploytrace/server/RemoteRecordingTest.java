package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.buffer.SpoolSettings;
import io.deploytrace.query.Outcome;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.server.ingest.IngestLimits;
import io.deploytrace.span.Span;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller without a connection to the database records as one that has it. */
class RemoteRecordingTest {

    private static final int RECONCILES = 30;

    private static RemoteFixture fixture;

    private final UUID workspace = fixture.newWorkspace();

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        fixture = RemoteFixture.start(IngestLimits.DEFAULTS);
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    private ReconcileTarget reconcile(SpanWriter store, String target) {
        return ReconcileTarget.builder(workspace.toString(), target)
                .store(store)
                .persistTimeout(Duration.ofSeconds(30))
                .start();
    }

    private List<StoredTrace> traces() {
        return fixture.store()
                .traces(workspace, TraceFilter.ALL, PageRequest.first(100), RemoteFixture.soon())
                .items();
    }

    @Test
    void persist_duringAndAfterTheReconcile_writesOpenRowsAndCompletesThem() {
        try (var reconcile = reconcile(fixture.writer(workspace), "api-service-production")) {
            try (var planning = reconcile.startPlanning()) {
                var evaluation = planning.startEvaluation("Approval Policy");
                evaluation.addMetadata("approver", "alice");
                reconcile.persist();

                assertThat(spans()).hasSize(3).allMatch(Span::isOpen);
                assertThat(traces().get(0).summary().outcome()).isEqualTo(Outcome.RUNNING);

                evaluation.setResult(Result.BLOCKED, "1 of 2 approvals");
                evaluation.end();
                planning.makeDecision("Not approved", Decision.REJECTED);
            }
            reconcile.complete(Status.COMPLETED);
        }

        assertThat(spans()).hasSize(4).noneMatch(Span::isOpen);
        assertThat(spans().get(2).events().get(0).attributes().asMap()).isEqualTo(Map.of("approver", "alice"));
        assertThat(traces()).hasSize(1);
        assertThat(traces().get(0).summary().outcome()).isEqualTo(Outcome.BLOCKED);
    }

    private List<Span> spans() {
        return fixture.store().trace(workspace, traces().get(0).summary().traceId(), RemoteFixture.soon());
    }

    @Test
    void buffer_serverThatIsStoppedAndStarted_losesNothing() throws IOException {
        try (var buffer = BufferedSpanWriter.builder(fixture.writer(workspace))
                .spool(SpoolSettings.in(directory.resolve("spool")))
                .backoff(Duration.ofMillis(20), Duration.ofMillis(200))
                .build()) {
            record(buffer, 0);
            assertThat(buffer.flush(RemoteFixture.soon())).isTrue();
            fixture.stop();
            for (var i = 1; i < RECONCILES; i++) {
                record(buffer, i);
            }
            assertThat(buffer.metrics().heldOnSpool()).isEqualTo(3 * (RECONCILES - 1));

            fixture.start();

            assertThat(buffer.flush(RemoteFixture.soon())).isTrue();
            assertThat(buffer.metrics().stored()).isEqualTo(3 * RECONCILES);
        }
        assertThat(traces())
                .hasSize(RECONCILES)
                .allMatch(trace -> trace.summary().spanCount() == 3);
    }

    /** A connection that the server closed meanwhile isn't used again. */
    @Test
    void write_afterTheServerWasRestarted_needsNoSecondCall() throws IOException {
        var writer = fixture.writer(workspace);
        record(writer, 1);
        fixture.stop();
        fixture.start();
        record(writer, 2);

        assertThat(traces()).hasSize(2);
    }

    /** The key was revoked before its successor was handed out: an operator's mistake must cost no trace. */
    @Test
    void buffer_keyThatIsRevoked_keepsTheSpansForTheNextKey() {
        var key = fixture.keys().create(Role.WRITE, workspace, null, null, RemoteFixture.soon());
        var spool = SpoolSettings.in(directory.resolve("spool"));
        fixture.keys().revoke(key.key().prefix(), RemoteFixture.soon());
        try (var buffer = BufferedSpanWriter.builder(RemoteFixture.writer(key.secret(), fixture.port()))
                .spool(spool)
                .build()) {
            try (var reconcile = reconcile(fixture.store(), "elsewhere")) {
                reconcile.complete(Status.COMPLETED);
            }
            buffer.handOver(spans(), RemoteFixture.soon());
        }

        try (var buffer = BufferedSpanWriter.builder(fixture.writer(workspace))
                .spool(spool)
                .build()) {
            assertThat(buffer.flush(RemoteFixture.soon())).isTrue();
            assertThat(buffer.metrics().recovered()).isEqualTo(1);
            assertThat(buffer.metrics().duplicates()).isEqualTo(1);
        }
    }

    private void record(SpanWriter store, int number) {
        try (var reconcile = reconcile(store, "target-" + number)) {
            try (var planning = reconcile.startPlanning()) {
                planning.makeDecision("Deploy approved", Decision.APPROVED);
            }
            reconcile.complete(Status.COMPLETED);
        }
    }
}
