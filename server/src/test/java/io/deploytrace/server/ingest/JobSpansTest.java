package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.attribute;
import static io.deploytrace.server.ingest.Requests.id;
import static io.deploytrace.server.ingest.Requests.job;
import static io.deploytrace.server.ingest.Requests.nanos;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.spanId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.deploytrace.query.TraceTree;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a job sends is stamped with what its token says. */
class JobSpansTest {

    private final IngestFixture ingest = IngestFixture.create();

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void span_isStampedFromTheToken() {
        ingest.send(job("job-1"), request(span().addAttributes(attribute("step", "apply"))));

        var stored = only(ingest.ofJob("job-1"));
        assertThat(stored.traceId()).isEqualTo("0192f0c1a2b355884ef9ec103596b0af");
        assertThat(stored.spanId()).isEqualTo(Requests.SPAN);
        assertThat(stored.parentSpanId()).isNull();
        assertThat(stored.attributes().asMap())
                .containsOnly(
                        entry("step", "apply"),
                        entry("otel.trace_id", Requests.TRACE),
                        entry("ctrlplane.workspace_id", Requests.WORKSPACE.toString()),
                        entry("ctrlplane.job_id", "job-1"),
                        entry("ctrlplane.parent_trace_id", Requests.PARENT_TRACE),
                        entry("ctrlplane.parent_span_id", Requests.PARENT_SPAN),
                        entry("ctrlplane.release_target_key", "api-production"),
                        entry("ctrlplane.release_id", "v1.2.3"),
                        entry("ctrlplane.phase", "external"),
                        entry("ctrlplane.node_type", "action"),
                        entry("ctrlplane.status", "completed"),
                        entry("ctrlplane.sequence", 1_000L),
                        entry("ctrlplane.depth", 0L));
    }

    private static Span only(List<Span> spans) {
        assertThat(spans).hasSize(1);
        return spans.get(0);
    }

    @Test
    void attributesOfOurs_areIgnoredWhereverTheyStand() {
        var resource = ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder()
                        .addAttributes(attribute("ctrlplane.workspace_id", Requests.OTHER_WORKSPACE.toString())))
                .addScopeSpans(ScopeSpans.newBuilder()
                        .addSpans(span().addAttributes(
                                        attribute("ctrlplane.workspace_id", Requests.OTHER_WORKSPACE.toString()))
                                .addAttributes(attribute("ctrlplane.job_id", "job-2"))
                                .addAttributes(attribute("ctrlplane.made_up", "x"))
                                .addAttributes(attribute("otel.trace_id", "mine"))));

        var answer = ingest.send(job("job-1"), request(resource));

        assertThat(answer.rejected()).isZero();
        var stored = only(ingest.ofJob("job-1")).attributes();
        assertThat(stored.get("ctrlplane.workspace_id")).isEqualTo(Requests.WORKSPACE.toString());
        assertThat(stored.get("otel.trace_id")).isEqualTo(Requests.TRACE);
        assertThat(stored.asMap()).doesNotContainKey("ctrlplane.made_up").hasSize(12);
    }

    @Test
    void status_isThatOfOpenTelemetry() {
        ingest.send(
                job("job-1"),
                request(
                        span(Requests.TRACE, spanId(0)).setEndTimeUnixNano(0),
                        span(Requests.TRACE, spanId(1))
                                .setStatus(Status.newBuilder()
                                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                                        .setMessage("exit code 1")),
                        span(Requests.TRACE, spanId(2))
                                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK)),
                        span(Requests.TRACE, spanId(3))
                                .setStatus(Status.newBuilder().setCodeValue(99))));

        assertThat(ingest.ofJob("job-1"))
                .extracting(Span::status)
                .containsExactlyInAnyOrder("running", "failed", "completed", "completed");
        assertThat(ingest.ofJob("job-1"))
                .extracting(span -> span.attributes().get("ctrlplane.message"))
                .containsExactlyInAnyOrder(null, "exit code 1", null, null);
    }

    @Test
    void sequence_countsMillisecondsFromTheTokensIssueWithinItsRange() {
        ingest.send(
                job("job-1"),
                request(
                        span(Requests.TRACE, spanId(0)).setStartTimeUnixNano(nanos(Requests.ISSUED.minusSeconds(5))),
                        span(Requests.TRACE, spanId(1)).setStartTimeUnixNano(nanos(Requests.ISSUED.plusMillis(7))),
                        span(Requests.TRACE, spanId(2)).setStartTimeUnixNano(-1).setEndTimeUnixNano(-1)));

        assertThat(ingest.ofJob("job-1")).extracting(Span::sequence).containsExactly(0, 7, Integer.MAX_VALUE);
    }

    @Test
    void depth_isKnownUpToARootInTheRequestWhateverTheOrder() {
        ingest.send(
                job("job-1"),
                request(
                        child(2, 1),
                        child(1, 0),
                        span(Requests.TRACE, spanId(0)),
                        child(3, 77),
                        child(4, 3),
                        child(5, 6),
                        child(6, 5),
                        child(7, 7),
                        span("11111111111111111111111111111111", spanId(8)).setParentSpanId(id(spanId(0)))));

        assertThat(ingest.ofJob("job-1"))
                .extracting(span -> Long.parseLong(span.spanId(), 16) - 1, Span::depth)
                .containsExactlyInAnyOrder(
                        tuple(0L, 0),
                        tuple(1L, 1),
                        tuple(2L, 2),
                        tuple(3L, null),
                        tuple(4L, null),
                        tuple(5L, null),
                        tuple(6L, null),
                        tuple(7L, null),
                        tuple(8L, null));
    }

    private static io.opentelemetry.proto.trace.v1.Span.Builder child(int n, int parent) {
        return span(Requests.TRACE, spanId(n)).setParentSpanId(id(spanId(parent)));
    }

    @Test
    void trace_standsUnderItsJobInTheTreeOfItsParent() {
        var job = new Span(
                Requests.PARENT_TRACE,
                Requests.PARENT_SPAN,
                null,
                "Job: argo",
                Requests.ISSUED,
                null,
                Attributes.copyOf(Map.of(
                        "ctrlplane.workspace_id", Requests.WORKSPACE.toString(),
                        "ctrlplane.node_type", "action",
                        "ctrlplane.job_id", "job-1")),
                List.of());
        ingest.store.write(List.of(job), IngestFixture.DEADLINE);
        ingest.send(job("job-1"), request(child(1, 0), span(Requests.TRACE, spanId(0))));

        var spans = ingest.store.traceWithLinked(Requests.WORKSPACE, Requests.PARENT_TRACE, IngestFixture.DEADLINE);
        var root = TraceTree.of(spans).roots().get(0);

        assertThat(TraceTree.of(spans).roots()).hasSize(1);
        assertThat(root.span()).isEqualTo(job);
        assertThat(root.children()).extracting(node -> node.span().spanId()).containsExactly(spanId(0));
        assertThat(root.children().get(0).children())
                .extracting(node -> node.span().spanId())
                .containsExactly(spanId(1));
    }
}
