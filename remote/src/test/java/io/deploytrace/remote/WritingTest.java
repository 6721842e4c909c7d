package io.deploytrace.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.remote.AnsweringServer.Answer;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Fixtures;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call sends, and what it makes of the answer. */
class WritingTest {

    private static final String KEY = "dt_abcd1234_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final Fixtures fixtures = new Fixtures(7);
    private final UUID workspace = UUID.randomUUID();
    private AnsweringServer server;

    @BeforeEach
    void start() throws Exception {
        server = AnsweringServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RemoteSpanWriterBuilder builder() {
        return RemoteSpanWriter.builder(server.uri()).key(KEY);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    @Test
    void write_spans_sendsThemInOneAtomicRequest() {
        var first = fixtures.completeWorkflow(workspace, "api");
        var second = fixtures.single(workspace);
        var spans = new ArrayList<>(first);
        spans.addAll(second);
        server.answer(Answer.stored("inserted=10,updated=2,unchanged=1"));

        assertThat(builder().build().write(spans, soon())).isEqualTo(new WriteResult(10, 2, 1));

        assertThat(server.received()).hasSize(1);
        var request = server.received().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/traces");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-protobuf");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(request.header("deploytrace-atomic")).isEqualTo("true");
        assertThat(readBack(request)).containsExactlyInAnyOrderElementsOf(spans);
    }

    private static List<Span> readBack(AnsweringServer.Received request) {
        assertThat(request.message().getResourceSpansList())
                .hasSize(1)
                .extracting(ResourceSpans::getResource)
                .containsExactly(Resource.getDefaultInstance());
        var scopes = request.message().getResourceSpans(0).getScopeSpansList();
        assertThat(scopes).hasSize(1).noneMatch(ScopeSpans::hasScope);
        return scopes.get(0).getSpansList().stream().map(ReadBack::of).toList();
    }

    @Test
    void write_copiesOfASpan_sendsTheOneThatReplacesTheOthers() {
        var ended = fixtures.single(workspace).get(0);
        var open = new Span(
                ended.traceId(), ended.spanId(), null, "open", ended.startTime(), null, ended.attributes(), List.of());

        builder().build().write(List.of(open, ended, open), soon());

        assertThat(readBack(server.received().get(0))).containsExactly(ended);
    }

    @Test
    void write_nothing_asksNothing() {
        assertThat(builder().build().write(List.of(), soon())).isEqualTo(WriteResult.NOTHING);

        assertThat(server.received()).isEmpty();
    }

    @Test
    void write_invalidSpan_isRefusedAsByAStoreAndNotSent() {
        var good = fixtures.single(workspace).get(0);
        var bad = new Span(
                fixtures.traceId(),
                fixtures.spanId(),
                null,
                "bad",
                good.startTime(),
                null,
                Attributes.empty(),
                List.of());

        assertFails(builder().build(), List.of(good, bad), Reason.INVALID_SPAN)
                .hasMessageStartingWith("Span " + bad.spanId() + " of trace " + bad.traceId()
                        + ": attribute ctrlplane.workspace_id is missing");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void write_deadlineThatHasPassed_asksNothing() {
        assertThatThrownBy(() -> builder().build().write(fixtures.single(workspace), Deadline.after(Duration.ZERO)))
                .hasMessage("The deadline passed before the server at " + server.uri()
                        + " was asked. Nothing was written.");

        assertThat(server.received()).isEmpty();
    }

    @Test
    void write_requestOfAKibibyteOrMore_isCompressedUnlessSwitchedOff() {
        server.answer(Answer.stored("inserted=16,updated=0,unchanged=0"));
        var trace = fixtures.workload(workspace, "api");

        builder().build().write(trace, soon());
        builder().compression(false).build().write(trace, soon());
        server.answer(Answer.stored("inserted=1,updated=0,unchanged=0"));
        builder().build().write(fixtures.single(workspace), soon());

        assertThat(server.received())
                .extracting(request -> request.header("Content-Encoding"))
                .containsExactly("gzip", null, null);
        var compressed = server.received().get(0);
        var plain = server.received().get(1);
        assertThat(compressed.message()).isEqualTo(plain.message());
        assertThat(compressed.bytes()).isLessThan(plain.bytes() / 5);
    }

    @Test
    void write_callBeyondTheLargestRequest_isRefusedAndNotSent() {
        var trace = fixtures.workload(workspace, "api");
        server.answer(Answer.stored("inserted=16,updated=0,unchanged=0"));
        var size = trace.stream()
                .mapToInt(span -> SpanMessages.of(span).getSerializedSize())
                .sum();

        builder().maximumRequestBytes(size).build().write(trace, soon());
        assertFails(builder().maximumRequestBytes(size - 1).build(), trace, Reason.INVALID_SPAN)
                .hasMessage("The call's 16 spans have more than " + (size - 1) + " bytes, which is the most that one"
                        + " request takes. Write them in several calls, or raise maximumRequestBytes here and the"
                        + " limits of the server. Nothing was written.");

        assertThat(server.received()).hasSize(1);
    }

    @Test
    void write_serverBelowAPath_sendsThere() {
        var below = URI.create(server.uri() + "/deploytrace/");

        RemoteSpanWriter.builder(below).build().write(fixtures.single(workspace), soon());

        var request = server.received().get(0);
        assertThat(request.path()).isEqualTo("/deploytrace/v1/traces");
        assertThat(request.header("Authorization")).isNull();
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFails(
            RemoteSpanWriter writer, List<Span> spans, Reason reason) {
        return assertThatThrownBy(() -> writer.write(spans, soon()))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}
