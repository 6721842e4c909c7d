package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.attribute;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.spanId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Masking;
import io.deploytrace.store.SpanBatch;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits can be set within what can be stored, and hold together what a request may take in memory. */
class IngestLimitsTest {

    private static final IngestLimits LIMITS = IngestLimits.DEFAULTS;

    static Stream<Arguments> ranges() {
        return Stream.of(
                range("spansPerRequest", 1, 1_000_000, LIMITS::withSpansPerRequest),
                range("attributesPerSpan", 1, SpanBatch.MAXIMUM_ATTRIBUTES, LIMITS::withAttributesPerSpan),
                range("eventsPerSpan", 0, SpanBatch.MAXIMUM_EVENTS, LIMITS::withEventsPerSpan),
                range("linksPerSpan", 0, 10_000, LIMITS::withLinksPerSpan),
                range("attributesPerEvent", 1, SpanBatch.MAXIMUM_ATTRIBUTES, LIMITS::withAttributesPerEvent),
                range("valueLength", 64, SpanBatch.MAXIMUM_TEXT_LENGTH, LIMITS::withValueLength),
                range("nesting", 0, SpanBatch.MAXIMUM_NESTING, LIMITS::withNesting),
                range("requestSize", 1_024, 1 << 30, LIMITS::withRequestSize));
    }

    private static Arguments range(String name, int least, int most, IntFunction<IngestLimits> with) {
        return Arguments.of(name, least, most, with);
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void limit_hasARangeWhoseEndsAreAllowed(String name, int least, int most, IntFunction<IngestLimits> with) {
        assertThatCode(() -> with.apply(least)).doesNotThrowAnyException();
        assertThatCode(() -> with.apply(most)).doesNotThrowAnyException();
        for (var wrong : new int[] {least - 1, most + 1}) {
            assertThatThrownBy(() -> with.apply(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("%s must be %d to %d, but is %d".formatted(name, least, most, wrong));
        }
    }

    @Test
    void requestSize_countsAResourceForEachOfItsSpans() {
        var resource = ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(attribute("text", "x".repeat(10_000))))
                .addScopeSpans(ScopeSpans.newBuilder()
                        .addSpans(span(Requests.TRACE, spanId(1)))
                        .addSpans(span(Requests.TRACE, spanId(2)))
                        .addSpans(span(Requests.TRACE, spanId(3))));
        try (var ingest = IngestFixture.create(settings -> settings.limits(LIMITS.withRequestSize(30_000)))) {
            var answer = ingest.send(Requests.controller(), request(resource));

            assertThat(answer.rejected()).isEqualTo(3);
            assertThat(answer.reason()).isEqualTo(RejectionReason.REQUEST_TOO_LARGE);
            assertThat(answer.message())
                    .isEqualTo("3 of 3 spans were rejected. The request: its spans need more than the 30000 bytes that"
                            + " are taken at once; what a resource holds counts for each of its spans. Send smaller"
                            + " batches.");
            assertThat(ingest.trace(Requests.TRACE)).isEmpty();
        }
        try (var ingest = IngestFixture.create(settings -> settings.limits(LIMITS.withRequestSize(50_000)))) {
            assertThat(ingest.send(Requests.controller(), request(resource)).rejected())
                    .isZero();
        }
    }

    @Test
    void requestSize_hasAnExactEdge() {
        var span = span().setName("12345")
                .addAttributes(attribute("key", "value"))
                .addAttributes(attribute("list", Requests.list(Requests.integer(1), AnyValue.getDefaultInstance())))
                .addAttributes(KeyValue.newBuilder());
        var size = 300 + 5 + (100 + 3 + 5) + (100 + 4 + 2 * 100) + 100;

        for (var limit : new int[] {size - 1, size}) {
            var bytes = new RequestSize(limit);
            var limits = LIMITS;
            var rules = new ControllerRules(Requests.WORKSPACE);
            var attributes = new AttributeReader(limits, Masking.none(), rules::ignores, bytes);
            var reader = new SpanReader(limits, attributes, rules, bytes);
            var origin = new Origin(Map.of(), 0, null, null);
            if (limit < size) {
                assertThatThrownBy(() -> reader.read(span.build(), origin)).isInstanceOf(RequestSize.Exceeded.class);
            } else {
                assertThat(reader.read(span.build(), origin).spanId()).isEqualTo(Requests.SPAN);
            }
        }
    }
}
