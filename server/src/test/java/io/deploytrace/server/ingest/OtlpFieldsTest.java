package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.attribute;
import static io.deploytrace.server.ingest.Requests.controller;
import static io.deploytrace.server.ingest.Requests.id;
import static io.deploytrace.server.ingest.Requests.integer;
import static io.deploytrace.server.ingest.Requests.nanos;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.SpanEvent;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of each field of OpenTelemetry's messages. */
class OtlpFieldsTest {

    private static final Map.Entry<String, Object> WORKSPACE =
            entry("ctrlplane.workspace_id", Requests.WORKSPACE.toString());

    private final IngestFixture ingest = IngestFixture.create();

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void plainSpan_isStoredAsItIsWithNothingAddedButTheWorkspace() {
        var stored = ingest.stored(span().setParentSpanId(id("00f067aa0ba902b7"))
                .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                .setFlags(0x301)
                .addAttributes(attribute("n", integer(7))));

        assertThat(stored)
                .isEqualTo(new io.deploytrace.span.Span(
                        Requests.TRACE,
                        Requests.SPAN,
                        "00f067aa0ba902b7",
                        "deploy",
                        Requests.START,
                        Requests.START.plusSeconds(1),
                        Attributes.copyOf(Map.of("ctrlplane.workspace_id", Requests.WORKSPACE.toString(), "n", 7L)),
                        List.of()));
    }

    @Test
    void fieldsWithoutColumn_areKeptInTheAttributes() {
        var stored = ingest.stored(span().setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .setStatus(Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("boom"))
                .setTraceState("a=b")
                .setDroppedAttributesCount(1)
                .setDroppedEventsCount(2)
                .setDroppedLinksCount(-1));

        assertThat(stored.attributes().asMap())
                .containsOnly(
                        WORKSPACE,
                        entry("otel.kind", "client"),
                        entry("otel.status_code", "ERROR"),
                        entry("otel.status_description", "boom"),
                        entry("otel.trace_state", "a=b"),
                        entry("otel.dropped_attributes_count", 1L),
                        entry("otel.dropped_events_count", 2L),
                        entry("otel.dropped_links_count", 4_294_967_295L),
                        entry("ctrlplane.status", "failed"),
                        entry("ctrlplane.message", "boom"));
    }

    @Test
    void statusAndMessageOfOurs_stayAsTheyWereSent() {
        var stored = ingest.stored(span().setStatus(Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("boom"))
                .addAttributes(attribute("ctrlplane.status", "skipped"))
                .addAttributes(attribute("ctrlplane.message", "not needed")));

        assertThat(stored.status()).isEqualTo("skipped");
        assertThat(stored.attributes().get("ctrlplane.message")).isEqualTo("not needed");
        assertThat(stored.attributes().get("otel.status_description")).isEqualTo("boom");
    }

    @Test
    void resourceAndScope_areKeptWithEachOfTheirSpansAndNoOther() {
        var service = ResourceSpans.newBuilder()
                .setSchemaUrl("https://example.org/r")
                .setResource(Resource.newBuilder()
                        .addAttributes(attribute("service.name", "deployer"))
                        .setDroppedAttributesCount(3))
                .addScopeSpans(ScopeSpans.newBuilder()
                        .setSchemaUrl("https://example.org/s")
                        .setScope(InstrumentationScope.newBuilder()
                                .setName("lib")
                                .setVersion("1.2")
                                .setDroppedAttributesCount(4)
                                .addAttributes(attribute("short", "s")))
                        .addSpans(span()))
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span(Requests.TRACE, Requests.spanId(1))));
        var bare = ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span(Requests.TRACE, Requests.spanId(2))));

        ingest.send(controller(), request(service, bare));

        assertThat(attributes(Requests.SPAN))
                .containsOnly(
                        WORKSPACE,
                        entry("resource.service.name", "deployer"),
                        entry("otel.resource.schema_url", "https://example.org/r"),
                        entry("otel.resource.dropped_attributes_count", 3L),
                        entry("otel.scope.name", "lib"),
                        entry("otel.scope.version", "1.2"),
                        entry("otel.scope.short", "s"),
                        entry("otel.scope.schema_url", "https://example.org/s"),
                        entry("otel.scope.dropped_attributes_count", 4L));
        assertThat(attributes(Requests.spanId(1)))
                .containsKey("resource.service.name")
                .doesNotContainKey("otel.scope.name");
        assertThat(attributes(Requests.spanId(2))).containsOnly(WORKSPACE);
    }

    private Map<String, Object> attributes(String spanId) {
        return ingest.trace(Requests.TRACE).stream()
                .filter(span -> span.spanId().equals(spanId))
                .findFirst()
                .orElseThrow()
                .attributes()
                .asMap();
    }

    @Test
    void links_areKeptAsTheyWereSent() {
        var link = Span.Link.newBuilder()
                .setTraceId(id("0192f0c1a2b3c4d5e6f708192a3b4c5d"))
                .setSpanId(id("1122334455667788"))
                .setTraceState("c=d")
                .setDroppedAttributesCount(5)
                .setFlags(1)
                .addAttributes(attribute("why", "retry"));

        var stored = ingest.stored(
                span().addLinks(link).addLinks(Span.Link.newBuilder().setTraceId(id("ff"))));

        assertThat(stored.attributes().get("otel.links"))
                .isEqualTo(List.of(
                        Map.of(
                                "trace_id", "0192f0c1a2b3c4d5e6f708192a3b4c5d",
                                "span_id", "1122334455667788",
                                "trace_state", "c=d",
                                "dropped_attributes_count", 5L,
                                "attributes", Map.of("why", "retry")),
                        Map.of("trace_id", "ff", "span_id", "")));
    }

    @Test
    void events_areKeptInOrderToTheNanosecond() {
        var at = Instant.parse("2026-01-02T03:04:06.123456789Z");
        var stored = ingest.stored(span().addEvents(Span.Event.newBuilder()
                        .setName("approved")
                        .setTimeUnixNano(nanos(at))
                        .addAttributes(attribute("by", "alice"))
                        .setDroppedAttributesCount(2))
                .addEvents(Span.Event.newBuilder().setTimeUnixNano(nanos(at))));

        assertThat(stored.events())
                .containsExactly(
                        new SpanEvent(
                                "approved",
                                at,
                                Attributes.copyOf(Map.of("by", "alice", "otel.dropped_attributes_count", 2L))),
                        new SpanEvent("", at, Attributes.empty()));
    }

    @Test
    void spanWithoutEnd_isOpenAndOneWithoutNameHasTheUsualOne() {
        var stored = ingest.stored(span().setEndTimeUnixNano(0).setName(""));

        assertThat(stored.isOpen()).isTrue();
        assertThat(stored.name()).isEqualTo(io.deploytrace.vocabulary.SpanNames.UNNAMED);
    }

    @Test
    void attributeNamedLikeOurs_givesWayToTheFieldAndElseStays() {
        var stored = ingest.stored(span().setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .addAttributes(attribute("otel.kind", "mine"))
                .addAttributes(attribute("otel.trace_state", "mine"))
                .addAttributes(attribute("twice", "first"))
                .addAttributes(attribute("twice", text("second"))));

        assertThat(stored.attributes().asMap())
                .containsOnly(
                        WORKSPACE,
                        entry("otel.kind", "server"),
                        entry("otel.trace_state", "mine"),
                        entry("twice", "second"));
    }
}
