package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deploytrace.recorder.JobReference;
import io.deploytrace.remote.RemoteSpanWriter;
import io.deploytrace.server.ingest.IngestLimits;
import io.deploytrace.span.Span;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A remote writer writes where its key is good, and nowhere else. */
class RemoteKeysTest {

    private static RemoteFixture fixture;

    private final Fixtures fixtures = new Fixtures(UUID.randomUUID().getMostSignificantBits());
    private final UUID workspace = fixture.newWorkspace();

    @BeforeAll
    static void start() throws Exception {
        fixture = RemoteFixture.start(IngestLimits.DEFAULTS);
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    private static SpanStoreException failure(RemoteSpanWriter writer, List<Span> spans) {
        var failure = catchThrowableOfType(SpanStoreException.class, () -> writer.write(spans, RemoteFixture.soon()));
        assertThat(failure).as("the spans were stored").isNotNull();
        return failure;
    }

    private List<Span> stored(UUID reading, List<Span> trace) {
        return fixture.store().trace(reading, trace.get(0).traceId(), RemoteFixture.soon());
    }

    @Test
    void write_keyOfTheWorkspace_stores() {
        var trace = fixtures.completeWorkflow(workspace, "api");

        assertThat(fixture.writer(workspace).write(trace, RemoteFixture.soon())).isEqualTo(new WriteResult(12, 0, 0));

        assertThat(stored(workspace, trace)).isEqualTo(trace);
    }

    @Test
    void write_keyOfAnotherWorkspace_isToldTheSameAsOfAnUnknownOne() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        var nowhere = fixtures.completeWorkflow(UUID.randomUUID(), "api");
        var stranger = fixture.writer(fixture.newWorkspace());

        var foreign = failure(stranger, trace);
        var unknown = failure(stranger, nowhere);

        assertThat(foreign.reason()).isEqualTo(Reason.UNKNOWN_WORKSPACE);
        assertThat(unknown.reason()).isEqualTo(Reason.UNKNOWN_WORKSPACE);
        assertThat(withoutIds(foreign, trace)).isEqualTo(withoutIds(unknown, nowhere));
        assertThat(stored(workspace, trace)).isEmpty();
    }

    private static String withoutIds(SpanStoreException failure, List<Span> trace) {
        return String.valueOf(failure.getMessage())
                .replace(String.valueOf(trace.get(0).workspaceId()), "WORKSPACE")
                .replace(trace.get(0).traceId(), "TRACE")
                .replaceAll("\\b[0-9a-f]{16}\\b", "SPAN");
    }

    @Test
    void write_spansOfWhichOneIsOfAnotherWorkspace_storesNone() {
        var own = fixtures.completeWorkflow(workspace, "api");
        var mixed = new ArrayList<>(own);
        mixed.addAll(fixtures.single(fixture.newWorkspace()));

        assertThat(failure(fixture.writer(workspace), mixed).reason()).isEqualTo(Reason.UNKNOWN_WORKSPACE);

        assertThat(stored(workspace, own)).isEmpty();
    }

    @Test
    void write_tokenOfAJob_storesAsTheJobs() {
        var trigger = fixtures.single(workspace).get(0);
        var writer = fixture.writerOf(job(trigger));
        var own = fixtures.single(workspace);

        assertThat(writer.write(own, RemoteFixture.soon())).isEqualTo(new WriteResult(1, 0, 0));
        assertThat(writer.write(own, RemoteFixture.soon())).isEqualTo(new WriteResult(0, 0, 1));

        assertThat(fixture.store().spansOfJob(workspace, "deploy-42", RemoteFixture.soon()))
                .singleElement()
                .satisfies(
                        span -> assertThat(span.spanId()).isEqualTo(own.get(0).spanId()))
                .satisfies(span ->
                        assertThat(span.traceId()).isNotEqualTo(own.get(0).traceId()));
    }

    @Test
    void write_tokenOfAJob_storesNothingWithASpanOfTheTraceThatTriggeredIt() {
        var trigger = fixtures.single(workspace).get(0);
        var mixed = List.of(fixtures.single(workspace).get(0), trigger);

        var failure = failure(fixture.writerOf(job(trigger)), mixed);

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_SPAN);
        assertThat(fixture.store().spansOfJob(workspace, "deploy-42", RemoteFixture.soon()))
                .isEmpty();
    }

    private JobReference job(Span trigger) {
        return new JobReference(workspace.toString(), trigger.traceId(), trigger.spanId(), "deploy-42", "shop", null);
    }

    @Test
    void write_revokedKey_isNotReadyAtOnce() {
        var trace = fixtures.single(workspace);
        var issued = fixture.keys().create(Role.WRITE, workspace, null, null, RemoteFixture.soon());
        var writer = RemoteFixture.writer(issued.secret(), fixture.port());
        writer.write(fixtures.single(workspace), RemoteFixture.soon());

        fixture.keys().revoke(issued.key().prefix(), RemoteFixture.soon());

        assertThat(assertNotReady(writer, trace, 401)).doesNotContain(issued.secret());
        assertThat(stored(workspace, trace)).isEmpty();
    }

    @Test
    void write_keyThatNobodyMade_isNotReady() {
        var trace = fixtures.single(workspace);
        var madeUp = "dt_abcd1234_" + "A".repeat(43);

        assertThat(assertNotReady(RemoteFixture.writer(madeUp, fixture.port()), trace, 401))
                .doesNotContain(madeUp);
    }

    @Test
    void write_readKey_isNotReady() {
        var trace = fixtures.single(workspace);
        var writer = RemoteFixture.writer(fixture.key(Role.READ, workspace), fixture.port());

        assertNotReady(writer, trace, 403);

        assertThat(stored(workspace, trace)).isEmpty();
    }

    private static String assertNotReady(RemoteSpanWriter writer, List<Span> trace, int status) {
        var failure = failure(writer, trace);
        assertThat(failure.reason()).isEqualTo(Reason.NOT_READY);
        assertThat(failure)
                .hasMessageStartingWith(
                        "The server at http://127.0.0.1:" + fixture.port() + " (status " + status + ") ")
                .hasMessageContaining("deploytrace key create --role write")
                .hasMessageEndingWith("Nothing was written.");
        return failure.toString();
    }
}
