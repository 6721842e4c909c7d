package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.attribute;
import static io.deploytrace.server.ingest.Requests.list;
import static io.deploytrace.server.ingest.Requests.map;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.spanId;
import static io.deploytrace.server.ingest.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each limit lets through what is at its edge, and rejects what is one past it. */
class LimitsTest {

    private static final IngestLimits SMALL = IngestLimits.DEFAULTS
            .withSpansPerRequest(5)
            .withAttributesPerSpan(6)
            .withEventsPerSpan(3)
            .withLinksPerSpan(4)
            .withAttributesPerEvent(2)
            .withValueLength(64)
            .withNesting(2)
            .withRequestSize(20_000);

    /**
     * A limit.
     *
     * @param request a request that has so many of what is limited
     */
    record Limit(String name, int most, RejectionReason reason, IntFunction<ExportTraceServiceRequest> request) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Limit> limits() {
        return Stream.of(
                new Limit("spans", 5, RejectionReason.TOO_MANY_SPANS, LimitsTest::spans),
                new Limit("attributes", 6, RejectionReason.TOO_MANY_ATTRIBUTES, n -> request(attributes(span(), n))),
                new Limit("resource", 6, RejectionReason.TOO_MANY_ATTRIBUTES, n -> origin(n, 0)),
                new Limit("scope", 6, RejectionReason.TOO_MANY_ATTRIBUTES, n -> origin(0, n)),
                new Limit("events", 3, RejectionReason.TOO_MANY_EVENTS, n -> request(events(n))),
                new Limit("links", 4, RejectionReason.TOO_MANY_LINKS, n -> request(links(n))),
                new Limit(
                        "event attributes",
                        2,
                        RejectionReason.TOO_MANY_EVENT_ATTRIBUTES,
                        n -> request(span().addEvents(event(n)))),
                new Limit(
                        "link attributes",
                        2,
                        RejectionReason.TOO_MANY_EVENT_ATTRIBUTES,
                        n -> request(span().addLinks(link(n)))),
                new Limit("value", 64, RejectionReason.VALUE_TOO_LONG, n -> value(text("x".repeat(n)))),
                new Limit("value in a list", 64, RejectionReason.VALUE_TOO_LONG, n -> value(list(text("x".repeat(n))))),
                new Limit("bytes", 48, RejectionReason.VALUE_TOO_LONG, n -> value(bytes(n))),
                new Limit(
                        "key",
                        64,
                        RejectionReason.VALUE_TOO_LONG,
                        n -> request(span().addAttributes(attribute("k".repeat(n), "v")))),
                new Limit(
                        "key in a map",
                        64,
                        RejectionReason.VALUE_TOO_LONG,
                        n -> value(map(attribute("k".repeat(n), "v")))),
                new Limit("name", 64, RejectionReason.VALUE_TOO_LONG, n -> request(span().setName("n".repeat(n)))),
                new Limit(
                        "trace state",
                        64,
                        RejectionReason.VALUE_TOO_LONG,
                        n -> request(span().setTraceState("s".repeat(n)))),
                new Limit(
                        "event name",
                        64,
                        RejectionReason.VALUE_TOO_LONG,
                        n -> request(span().addEvents(Span.Event.newBuilder().setName("n".repeat(n))))),
                new Limit("lists", 2, RejectionReason.TOO_DEEPLY_NESTED, n -> value(lists(n))),
                new Limit("maps", 2, RejectionReason.TOO_DEEPLY_NESTED, n -> value(maps(n))));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void atTheEdge_isStored(Limit limit) {
        try (var ingest = IngestFixture.create(settings -> settings.limits(SMALL))) {
            var answer = ingest.send(Requests.controller(), limit.request.apply(limit.most));

            assertThat(answer.message()).isEmpty();
            assertThat(answer.result().inserted()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void pastTheEdge_isRejectedAndSaysTheLimit(Limit limit) {
        try (var ingest = IngestFixture.create(settings -> settings.limits(SMALL))) {
            var answer = ingest.send(Requests.controller(), limit.request.apply(limit.most + 1));

            assertThat(answer.reason()).isEqualTo(limit.reason);
            assertThat(answer.result().inserted()).isZero();
            assertThat(answer.message()).containsAnyOf("at most " + limit.most, "at most 64", "more than 2 levels");
        }
    }

    private static ExportTraceServiceRequest spans(int count) {
        var spans = new Span.Builder[count];
        for (var i = 0; i < count; i++) {
            spans[i] = span(Requests.TRACE, spanId(i));
        }
        return request(spans);
    }

    private static Span.Builder attributes(Span.Builder span, int count) {
        for (var i = 0; i < count; i++) {
            span.addAttributes(attribute("k" + i, "v"));
        }
        return span;
    }

    private static ExportTraceServiceRequest origin(int ofResource, int ofScope) {
        var resource = Resource.newBuilder();
        var scope = InstrumentationScope.newBuilder();
        attributes(Span.newBuilder(), ofResource).getAttributesList().forEach(resource::addAttributes);
        attributes(Span.newBuilder(), ofScope).getAttributesList().forEach(scope::addAttributes);
        return request(ResourceSpans.newBuilder()
                .setResource(resource)
                .addScopeSpans(ScopeSpans.newBuilder().setScope(scope).addSpans(span())));
    }

    private static Span.Builder events(int count) {
        var span = span();
        for (var i = 0; i < count; i++) {
            span.addEvents(event(0));
        }
        return span;
    }

    private static Span.Event.Builder event(int attributes) {
        var event = Span.Event.newBuilder().setName("e");
        attributes(Span.newBuilder(), attributes).getAttributesList().forEach(event::addAttributes);
        return event;
    }

    private static Span.Builder links(int count) {
        var span = span();
        for (var i = 0; i < count; i++) {
            span.addLinks(link(0));
        }
        return span;
    }

    private static Span.Link.Builder link(int attributes) {
        var link = Span.Link.newBuilder();
        attributes(Span.newBuilder(), attributes).getAttributesList().forEach(link::addAttributes);
        return link;
    }

    private static ExportTraceServiceRequest value(AnyValue value) {
        return request(span().addAttributes(attribute("k", value)));
    }

    private static AnyValue bytes(int length) {
        return AnyValue.newBuilder()
                .setBytesValue(ByteString.copyFrom(new byte[length]))
                .build();
    }

    private static AnyValue lists(int levels) {
        return levels == 0 ? text("v") : list(lists(levels - 1));
    }

    private static AnyValue maps(int levels) {
        return levels == 0 ? text("v") : map(attribute("k", maps(levels - 1)));
    }
}
