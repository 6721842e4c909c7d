package io.deploytrace.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobToken;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpanIngestTest {

    private static final UUID WORKSPACE = UUID.fromString("6f1b3c8e-0f3a-4a53-9b59-0a8f8f0e6f11");
    private static final String PARENT = "0192f0c1a2b3c4d5e6f708192a3b4c5d";
    private static final String TRACE = "5b8efff798038103d269b633813fc60c";
    private static final Deadline DEADLINE = Deadline.after(Duration.ofSeconds(20));

    private final InMemorySpanStore store = new InMemorySpanStore();
    private final BufferedSpanWriter writer = BufferedSpanWriter.builder(store).build();
    private final SpanIngest ingest = SpanIngest.builder(writer).build();

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void spanOfAJob_isStoredUnderItsJob() {
        store.addWorkspace(WORKSPACE);

        var answer = ingest.accept(request(TRACE), job(), DEADLINE).join();

        assertThat(answer.rejected()).isZero();
        assertThat(answer.result().inserted()).isEqualTo(1);
        var span = store.spansOfJob(WORKSPACE, "job-1", DEADLINE).get(0);
        assertThat(span.traceId()).startsWith(PARENT.substring(0, 12)).isNotEqualTo(TRACE);
        assertThat(span.parentTraceId()).isEqualTo(PARENT);
        assertThat(span.depth()).isZero();
        assertThat(span.sequence()).isEqualTo(1_000);
    }

    @Test
    void spanOfAJobInItsParentsTrace_isRejected() {
        store.addWorkspace(WORKSPACE);

        var answer = ingest.accept(request(PARENT), job(), DEADLINE).join();

        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.reason()).isEqualTo(RejectionReason.FOREIGN_TRACE);
    }

    private static Sender job() {
        var job = new JobReference(WORKSPACE.toString(), PARENT, "1122334455667788", "job-1", "api-production", null);
        var issued = Instant.ofEpochSecond(1_544_712_659);
        return new Sender.Job(new JobToken(job, issued, issued.plusSeconds(3_600), "k1"));
    }

    private static ExportTraceServiceRequest request(String traceId) {
        var span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)))
                .setSpanId(ByteString.copyFrom(HexFormat.of().parseHex("eee19b7ec3c1b174")))
                .setName("deploy")
                .setStartTimeUnixNano(1_544_712_660_000_000_000L)
                .setEndTimeUnixNano(1_544_712_661_000_000_000L);
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }
}
