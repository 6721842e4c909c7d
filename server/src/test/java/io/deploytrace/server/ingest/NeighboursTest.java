package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.attribute;
import static io.deploytrace.server.ingest.Requests.id;
import static io.deploytrace.server.ingest.Requests.job;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.recorder.JobReference;
import io.deploytrace.server.TestDatabase;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Senders that know each other's ids, on PostgreSQL, where ids are unique across workspaces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeighboursTest {

    private TestDatabase database;
    private DataSource source;
    private BufferedSpanWriter writer;
    private SpanReader store;
    private SpanIngest ingest;
    private UUID ours;
    private UUID theirs;

    @BeforeAll
    void start() throws SQLException {
        database = TestDatabase.create();
        source = database.dataSource(database.port());
        var postgres = PostgresSpanStore.builder(source).build();
        store = postgres;
        writer = BufferedSpanWriter.builder(postgres).build();
        ingest = SpanIngest.builder(writer).build();
    }

    @AfterAll
    void stop() throws SQLException {
        writer.close();
        database.close();
    }

    @BeforeEach
    void newWorkspaces() {
        ours = newWorkspace();
        theirs = newWorkspace();
    }

    private UUID newWorkspace() {
        return new PostgresWorkspaces(source)
                .create(UUID.randomUUID().toString(), deadline())
                .id();
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    private IngestAnswer send(Sender sender, io.opentelemetry.proto.trace.v1.Span.Builder... spans) {
        return ingest.accept(request(spans), sender, deadline()).join();
    }

    private List<Span> ofJob(UUID workspaceId, String jobId) {
        return store.spansOfJob(workspaceId, jobId, deadline());
    }

    /** New for each test: all share one database. */
    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Test
    void jobThatSendsTheIdsOfAnother_touchesNothingOfItsNorIsBlocked() {
        var trace = newTrace();
        assertThat(send(job(ours, "victim"), span(trace, spanId(1)).setName("mine"))
                        .rejected())
                .isZero();

        for (var attacker : List.of(job(ours, "attacker"), job(theirs, "victim"), job(theirs, "attacker"))) {
            var answer = send(
                    attacker,
                    span(trace, spanId(1)).setName("forged"),
                    span(trace, spanId(2)).setName("forged"));
            assertThat(answer.rejected()).isZero();
            assertThat(answer.result().inserted()).isEqualTo(2);
        }

        assertThat(ofJob(ours, "victim")).extracting(Span::name).containsExactly("mine");
        assertThat(ofJob(ours, "attacker")).hasSize(2);
        assertThat(ofJob(theirs, "victim")).hasSize(2);
    }

    @Test
    void jobThatIsFirstWithTheIdsOfAnother_blocksNoOne() {
        var trace = newTrace();
        send(job(theirs, "attacker"), span(trace, spanId(1)).setName("forged"));
        send(job(ours, "attacker"), span(trace, spanId(1)).setName("forged"));

        assertThat(send(job(ours, "victim"), span(trace, spanId(1)).setName("mine"))
                        .result()
                        .inserted())
                .isEqualTo(1);
        assertThat(send(new Sender.Controller(ours), span(trace, spanId(1)).setName("mine too"))
                        .result()
                        .inserted())
                .isEqualTo(1);

        assertThat(ofJob(ours, "victim")).extracting(Span::name).containsExactly("mine");
        assertThat(store.trace(ours, trace, deadline())).extracting(Span::name).containsExactly("mine too");
    }

    @Test
    void jobThatSendsTheIdUnderWhichAnothersSpansAreStored_writesElsewhere() {
        send(job(ours, "victim"), span(newTrace(), spanId(1)));
        var stored = ofJob(ours, "victim").get(0).traceId();

        send(job(ours, "attacker"), span(stored, spanId(1)).setName("forged"));
        send(job(ours, "attacker"), span(stored, spanId(2)).setParentSpanId(id(spanId(1))));

        assertThat(store.trace(ours, stored, deadline())).extracting(Span::name).containsExactly("deploy");
    }

    @Test
    void jobWithAnotherWorkspaceInItsAttributes_staysInItsOwn() {
        var answer = send(
                job(ours, "job-1"),
                span(newTrace(), spanId(1)).addAttributes(attribute("ctrlplane.workspace_id", theirs.toString())));

        assertThat(answer.rejected()).isZero();
        assertThat(ofJob(ours, "job-1")).hasSize(1);
        assertThat(ofJob(theirs, "job-1")).isEmpty();
    }

    @Test
    void jobThatContinuesItsParentsTrace_isRejectedAndTheParentStays() {
        var parent = span(Requests.PARENT_TRACE, Requests.PARENT_SPAN)
                .setEndTimeUnixNano(0)
                .setName("the job");
        send(new Sender.Controller(ours), parent);

        var answer = send(
                job(ours, "job-1"),
                span(Requests.PARENT_TRACE, Requests.PARENT_SPAN).setName("forged"),
                span(Requests.PARENT_TRACE, spanId(1)).setParentSpanId(id(Requests.PARENT_SPAN)));

        assertThat(answer.rejected()).isEqualTo(2);
        assertThat(answer.reason()).isEqualTo(RejectionReason.FOREIGN_TRACE);
        var stored = store.trace(ours, Requests.PARENT_TRACE, deadline());
        assertThat(stored).extracting(Span::name).containsExactly("the job");
        assertThat(stored.get(0).isOpen()).isTrue();
    }

    @Test
    void controllersOfTwoWorkspacesWithOneTraceId_keepApartAndTakenIdsAreSaid() {
        var trace = newTrace();
        send(new Sender.Controller(theirs), span(trace, spanId(1)).setName("theirs"), span(trace, spanId(2)));

        var answer = send(
                new Sender.Controller(ours),
                span(trace, spanId(1)).setName("ours"),
                span(trace, spanId(3)).setName("ours"),
                span(newTrace(), spanId(1)));

        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.reason()).isEqualTo(RejectionReason.CONFLICT);
        assertThat(answer.result().inserted()).isEqualTo(2);
        assertThat(answer.message())
                .isEqualTo("1 of 3 spans was rejected. Span 0000000000000002 of trace " + trace
                        + ": its ids are taken. Send new, random ids.");
        assertThat(store.trace(theirs, trace, deadline()))
                .extracting(Span::name)
                .contains("theirs")
                .hasSize(2);
        assertThat(store.trace(ours, trace, deadline()))
                .extracting(Span::spanId)
                .containsExactly(spanId(3));
    }

    /** None of what a job's ids are made of is a secret; the document says what follows from that. */
    @Test
    void controllerThatComputesTheIdsOfAJob_canBeFirstWithThem() {
        var trace = newTrace();
        var victim =
                new JobReference(ours.toString(), Requests.PARENT_TRACE, Requests.PARENT_SPAN, "victim", null, null);
        send(new Sender.Controller(theirs), span(new JobTraceIds(victim).stored(trace), spanId(1)));

        var answer = send(job(ours, "victim"), span(trace, spanId(1)), span(trace, spanId(2)));

        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.reason()).isEqualTo(RejectionReason.CONFLICT);
        assertThat(ofJob(ours, "victim")).extracting(Span::spanId).containsExactly(spanId(2));
    }

    @Test
    void allOrNoneWithTakenIds_leavesNothing() {
        var trace = newTrace();
        var other = newTrace();
        send(new Sender.Controller(theirs), span(trace, spanId(1)));

        var answer = ingest.acceptAllOrNone(
                        request(span(other, spanId(1)), span(trace, spanId(1))),
                        new Sender.Controller(ours),
                        deadline())
                .join();

        assertThat(answer.rejected()).isEqualTo(2);
        assertThat(store.trace(ours, other, deadline())).isEmpty();
    }

    @Test
    void linkedTrace_isFoundUnderItsParentInItsWorkspaceOnly() {
        send(job(ours, "job-1"), span(newTrace(), spanId(1)));
        send(job(theirs, "job-1"), span(newTrace(), spanId(1)));

        assertThat(store.traceWithLinked(ours, Requests.PARENT_TRACE, deadline()))
                .extracting(Span::workspaceId)
                .containsOnly(ours.toString());
    }
}
