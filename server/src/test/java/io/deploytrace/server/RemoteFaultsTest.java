package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deploytrace.remote.RemoteSpanWriter;
import io.deploytrace.server.ingest.IngestLimits;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Fault;
import io.deploytrace.testkit.FaultPoint;
import io.deploytrace.testkit.FaultProxy;
import io.deploytrace.testkit.Fixtures;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where an answer is lost, the call can be made again; what the server doesn't take, it takes no part of. */
class RemoteFaultsTest {

    private static final WriteResult ALL_NEW = new WriteResult(12, 0, 0);
    private static final WriteResult ALL_THERE = new WriteResult(0, 0, 12);

    private static RemoteFixture fixture;

    private final Fixtures fixtures = new Fixtures(UUID.randomUUID().getMostSignificantBits());
    private final UUID workspace = fixture.newWorkspace();
    private final List<Span> trace = fixtures.completeWorkflow(workspace, "api");

    @BeforeAll
    static void start() throws Exception {
        fixture = RemoteFixture.start(IngestLimits.DEFAULTS.withNesting(64));
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

    private List<Span> stored() {
        return fixture.store().trace(workspace, trace.get(0).traceId(), RemoteFixture.soon());
    }

    @Test
    void write_answerOfTheServerIsLost_mayBeRepeated() throws Exception {
        var strikes = new AtomicBoolean(true);
        try (var network = FaultProxy.to(
                fixture.port(),
                (connection, message, toServer, point) ->
                        !toServer && strikes.getAndSet(false) ? Fault.reset() : null)) {
            var writer = RemoteFixture.writer(fixture.key(Role.WRITE, workspace), network.port());

            var failure = failure(writer, trace);

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure).hasMessageEndingWith("Make it again; repeating it is safe.");
            assertThat(stored()).isEqualTo(trace);
            assertThat(writer.write(trace, RemoteFixture.soon())).isEqualTo(ALL_THERE);
            assertThat(stored()).isEqualTo(trace);
        }
    }

    @Test
    void write_answerOfTheDatabaseIsLost_isStoredOnce() throws Exception {
        var writer = fixture.writer(workspace);
        writer.write(fixtures.single(workspace), RemoteFixture.soon());
        var struck = fixture.network().strike(FaultPoint.WRITE_ANSWER, Fault.reset());

        var result = untilStored(writer);

        assertThat(struck.getCount()).isZero();
        assertThat(result).isIn(ALL_THERE, ALL_NEW);
        assertThat(stored()).isEqualTo(trace);
    }

    /** The server's own buffer repeats as well; a writer that is told to try again does. */
    private WriteResult untilStored(RemoteSpanWriter writer) {
        while (true) {
            try {
                return writer.write(trace, RemoteFixture.soon());
            } catch (SpanStoreException failure) {
                assertThat(failure.isRetryable()).as(failure.toString()).isTrue();
            }
        }
    }

    @Test
    void write_spanBeyondALimitOfTheServer_refusesTheWholeCall() {
        var attributes = trace.get(11).attributes().toBuilder();
        for (var i = 0; i <= IngestLimits.DEFAULTS.attributesPerSpan(); i++) {
            attributes.put("key " + i, i);
        }
        var spans = new ArrayList<>(trace.subList(0, 11));
        spans.add(with(trace.get(11), attributes.build()));

        var failure = failure(fixture.writer(workspace), spans);

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_SPAN);
        assertThat(failure)
                .hasMessageStartingWith("The server at http://127.0.0.1:" + fixture.port() + " refused the spans: ")
                .hasMessageContaining(trace.get(11).spanId())
                .hasMessageEndingWith("Nothing was written.");
        assertThat(stored()).isEmpty();
    }

    @Test
    void write_valueThatLooksSecret_isMaskedByTheServer() {
        var attributes = trace.get(0).attributes().toBuilder();
        var open = with(trace.get(0), attributes.put("password", "hunter2").build());
        var masked = with(trace.get(0), attributes.put("password", "***").build());

        fixture.writer(workspace).write(List.of(open), RemoteFixture.soon());
        assertThat(stored()).containsExactly(masked);

        assertThat(fixture.writer(workspace).write(List.of(masked), RemoteFixture.soon()))
                .isEqualTo(new WriteResult(0, 0, 1));
    }

    @Test
    void write_deepestNesting_isStored() {
        Object value = "innermost";
        for (var level = 0; level < 64; level++) {
            value = level % 2 == 0 ? Map.of("level", value) : List.of(value);
        }
        var attributes = trace.get(0).attributes().toBuilder().put("deep", value);
        var span = with(trace.get(0), attributes.build());

        fixture.writer(workspace).write(List.of(span), RemoteFixture.soon());

        assertThat(stored()).containsExactly(span);
    }

    /** 17 MiB that don't shrink: more than the server takes, less than the writer sends. */
    @Test
    void write_requestLargerThanTheServerTakes_isRefusedForGood() {
        var writer = RemoteSpanWriter.builder(URI.create("http://127.0.0.1:" + fixture.port()))
                .key(fixture.key(Role.WRITE, workspace))
                .compression(false)
                .build();
        var text = "x".repeat(1_000_000);
        var large = with(
                trace.get(0),
                trace.get(0).attributes().toBuilder()
                        .put("log", Collections.nCopies(15, text))
                        .build());
        var second = with(
                trace.get(1),
                trace.get(1).attributes().toBuilder()
                        .put("log", Collections.nCopies(3, text))
                        .build());

        var failure = failure(writer, List.of(large, second));

        assertThat(failure.reason()).as(failure.toString()).isEqualTo(Reason.INVALID_SPAN);
        assertThat(failure).hasMessageContaining("takes no request as large as that of these 2 spans");
        assertThat(stored()).isEmpty();
        writer.write(List.of(large), RemoteFixture.soon());
        assertThat(stored()).containsExactly(large);
    }

    private static Span with(Span span, Attributes attributes) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                span.endTime(),
                attributes,
                span.events());
    }
}
