package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.controller;
import static io.deploytrace.server.ingest.Requests.job;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.WriteResult;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request as a whole: each span is stored or rejected, answered for and counted. */
class SpanIngestTest {

    private static final Sender NEIGHBOUR = new Sender.Controller(Requests.OTHER_WORKSPACE);

    private final IngestFixture ingest = IngestFixture.create();

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void emptyRequest_isAnsweredWithNothing() {
        var answer = ingest.send(controller(), request(new Span.Builder[0]));

        assertThat(answer).isEqualTo(new IngestAnswer(WriteResult.NOTHING, 0, null, ""));
        assertThat(answer.toResponse().hasPartialSuccess()).isFalse();
    }

    @Test
    void result_tellsNewCompletedAndKnownSpansApart() {
        ingest.send(
                controller(),
                request(span(Requests.TRACE, spanId(1)).setEndTimeUnixNano(0), span(Requests.TRACE, spanId(2))));

        var answer = ingest.send(
                controller(),
                request(
                        span(Requests.TRACE, spanId(1)),
                        span(Requests.TRACE, spanId(2)),
                        span(Requests.TRACE, spanId(3)),
                        span(Requests.TRACE, spanId(3))));

        assertThat(answer.headers()).isEqualTo(Map.of("deploytrace-result", "inserted=1,updated=1,unchanged=1"));
        assertThat(ingest.told)
                .containsExactly("received 2", "stored 2", "duplicates 0", "received 4", "stored 2", "duplicates 2");
    }

    @Test
    void spansOfSeveralTracesInAnyOrder_areAllStored() {
        var traces = new String[] {Requests.TRACE, Requests.PARENT_TRACE, "11111111111111111111111111111111"};
        var spans = new Span.Builder[30];
        for (var i = 0; i < spans.length; i++) {
            spans[i] = span(traces[i % 3], spanId(i)).setParentSpanId(Requests.id(spanId((i + 3) % 30)));
        }

        assertThat(ingest.send(controller(), request(spans)).result().inserted())
                .isEqualTo(30);

        for (var trace : traces) {
            assertThat(ingest.trace(trace)).hasSize(10);
        }
    }

    @Test
    void conflict_costsOnlyTheSpanWhoseIdsAreTaken() {
        ingest.send(NEIGHBOUR, request(span(Requests.TRACE, spanId(2))));

        var answer = ingest.send(
                controller(),
                request(
                        span(Requests.TRACE, spanId(1)),
                        span(Requests.TRACE, spanId(2)),
                        span(Requests.TRACE, spanId(3)),
                        span(Requests.PARENT_TRACE, spanId(4))));

        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.message())
                .isEqualTo("1 of 4 spans was rejected. Span 0000000000000003 of trace " + Requests.TRACE
                        + ": its ids are taken. Send new, random ids.");
        assertThat(answer.headers())
                .containsOnly(
                        Map.entry("deploytrace-result", "inserted=3,updated=0,unchanged=0"),
                        Map.entry("deploytrace-rejection", "conflict"));
        assertThat(answer.toResponse().getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(ingest.trace(Requests.TRACE)).hasSize(2);
        assertThat(ingest.told).endsWith("received 4", "stored 3", "duplicates 0", "rejected 1 conflict");
    }

    @Test
    void conflictInALargeTrace_costsOnlyTheSpanWhoseIdsAreTaken() {
        ingest.send(NEIGHBOUR, request(span(Requests.TRACE, spanId(2))));

        var answer = ingest.send(controller(), request(spans(Requests.TRACE, 5_000)));

        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.message())
                .isEqualTo("1 of 5000 spans was rejected. Span 0000000000000003 of trace " + Requests.TRACE
                        + ": its ids are taken. Send new, random ids.");
        assertThat(ingest.trace(Requests.TRACE)).hasSize(4_999);
    }

    @Test
    void conflictOfEverySecondSpan_isFoundAsFarAsThereAreSplits() {
        var traces = new String[] {Requests.TRACE, Requests.PARENT_TRACE};
        for (var trace : traces) {
            var taken = new ArrayList<Span.Builder>();
            for (var i = 0; i < 1_000; i += 2) {
                taken.add(span(trace, spanId(i)));
            }
            ingest.send(NEIGHBOUR, request(taken.toArray(Span.Builder[]::new)));
        }

        var one = ingest.send(controller(), request(spans(Requests.TRACE, 1_000)));
        assertThat(one.rejected()).isEqualTo(500);
        assertThat(ingest.trace(Requests.TRACE)).hasSize(500);

        var both = ingest.send(
                controller(),
                request(Stream.of(traces)
                        .flatMap(trace -> Stream.of(spans(trace, 1_000)))
                        .toArray(Span.Builder[]::new)));
        assertThat(both.rejected()).isGreaterThan(1_000).isLessThan(2_000);
    }

    private static Span.Builder[] spans(String trace, int count) {
        return IntStream.range(0, count).mapToObj(i -> span(trace, spanId(i))).toArray(Span.Builder[]::new);
    }

    @Test
    void allOrNone_isStoredInOneStep() {
        var answer = ingest.sendAllOrNone(
                controller(), request(span(Requests.TRACE, spanId(1)), span(Requests.PARENT_TRACE, spanId(2))));

        assertThat(answer.result()).isEqualTo(new WriteResult(2, 0, 0));
        assertThat(answer.rejected()).isZero();
        assertThat(ingest.told).containsExactly("received 2", "stored 2", "duplicates 0");
    }

    @Test
    void allOrNone_withAnInvalidSpan_storesNone() {
        var answer = ingest.sendAllOrNone(
                controller(),
                request(
                        span(Requests.TRACE, spanId(1)),
                        span(Requests.TRACE, spanId(2)).setStartTimeUnixNano(0)));

        assertThat(answer.rejected()).isEqualTo(2);
        assertThat(answer.reason()).isEqualTo(RejectionReason.INVALID_SPAN);
        assertThat(answer.message())
                .startsWith("2 of 2 spans were rejected. Span 0000000000000003 of trace " + Requests.TRACE)
                .endsWith(" None of the request's spans was stored.");
        assertThat(ingest.trace(Requests.TRACE)).isEmpty();
        assertThat(ingest.told).containsExactly("received 2", "stored 0", "duplicates 0", "rejected 2 invalid_span");
    }

    @Test
    void allOrNone_withTakenIds_storesNone() {
        ingest.send(NEIGHBOUR, request(span(Requests.TRACE, spanId(2))));

        var answer = ingest.sendAllOrNone(
                controller(), request(span(Requests.PARENT_TRACE, spanId(1)), span(Requests.TRACE, spanId(2))));

        assertThat(answer.rejected()).isEqualTo(2);
        assertThat(answer.reason()).isEqualTo(RejectionReason.CONFLICT);
        assertThat(answer.message()).endsWith("the ids of at least one of them are taken. Send new, random ids.");
        assertThat(ingest.trace(Requests.PARENT_TRACE)).isEmpty();
    }

    @Test
    void jobOfAWorkspaceThatIsGone_isToldSo() {
        var gone = UUID.fromString("dddddddd-0f3a-4a53-9b59-0a8f8f0e6f55");

        var answer = ingest.send(Requests.job(gone, "job-1"), request(span()));

        assertThat(answer.reason()).isEqualTo(RejectionReason.UNKNOWN_WORKSPACE);
        assertThat(answer.message()).contains("Span " + Requests.SPAN + " of trace " + Requests.TRACE);
    }

    @Test
    void jobThatSendsItsParentsTrace_isToldToStartItsOwn() {
        var answer = ingest.send(job("job-1"), request(span(Requests.PARENT_TRACE, spanId(1)), span()));

        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.reason()).isEqualTo(RejectionReason.FOREIGN_TRACE);
        assertThat(answer.message()).contains("Start a new trace");
        assertThat(ingest.trace(Requests.PARENT_TRACE)).isEmpty();
        assertThat(ingest.ofJob("job-1")).hasSize(1);
    }
}
