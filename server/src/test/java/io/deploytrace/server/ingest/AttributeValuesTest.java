package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.attribute;
import static io.deploytrace.server.ingest.Requests.integer;
import static io.deploytrace.server.ingest.Requests.list;
import static io.deploytrace.server.ingest.Requests.map;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.deploytrace.span.Masking;
import io.deploytrace.span.Span;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.Link;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values of every kind, and which of them are masked. */
class AttributeValuesTest {

    private static final AnyValue NOTHING = AnyValue.getDefaultInstance();

    @Test
    void values_keepTheirTypes() {
        try (var ingest = IngestFixture.create()) {
            var values = ingest.stored(span().addAttributes(attribute("text", ""))
                            .addAttributes(attribute(
                                    "true",
                                    AnyValue.newBuilder().setBoolValue(true).build()))
                            .addAttributes(attribute("long", integer(Long.MIN_VALUE)))
                            .addAttributes(attribute("double", decimal(1.5)))
                            .addAttributes(attribute("nan", decimal(Double.NaN)))
                            .addAttributes(attribute("bytes", bytes(0, 255, 16)))
                            .addAttributes(attribute("list", list(text("a"), NOTHING, integer(2), list())))
                            .addAttributes(
                                    attribute("map", map(attribute("k", list(map())), attribute("none", NOTHING))))
                            .addAttributes(attribute("nothing", NOTHING)))
                    .attributes();

            assertThat(values.get("text")).isEqualTo("");
            assertThat(values.get("true")).isEqualTo(true);
            assertThat(values.get("long")).isEqualTo(Long.MIN_VALUE);
            assertThat(values.get("double")).isEqualTo(1.5);
            assertThat(values.get("nan")).isEqualTo("NaN");
            assertThat(values.get("bytes")).isEqualTo("AP8Q");
            assertThat(values.get("list")).isEqualTo(List.of("a", 2L, List.of()));
            assertThat(values.get("map")).isEqualTo(Map.of("k", List.of(Map.of())));
            assertThat(values.asMap()).doesNotContainKey("nothing").hasSize(9);
        }
    }

    private static AnyValue decimal(double value) {
        return AnyValue.newBuilder().setDoubleValue(value).build();
    }

    private static AnyValue bytes(int... values) {
        var bytes = new byte[values.length];
        for (var i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(bytes)).build();
    }

    @Test
    void secrets_areMaskedWhereverTheyStand() {
        try (var ingest = IngestFixture.create()) {
            var stored = storedWithSecrets(ingest);

            assertThat(stored.toString()).doesNotContain("hunter2");
            assertThat(stored.attributes().get("resource.api_key")).isEqualTo("***");
            assertThat(stored.attributes().get("otel.scope.secret")).isEqualTo("***");
            assertThat(stored.attributes().get("nested")).isEqualTo(List.of(Map.of("token", "***", "user", "alice")));
            assertThat(stored.events().get(0).attributes().get("cookie")).isEqualTo("***");
            assertThat(stored.events().get(1).attributes().get("value")).isEqualTo("***");
            assertThat(stored.attributes().get("otel.links").toString()).contains("authorization=***");
            assertThat(stored.attributes().get("ctrlplane.job_config.ssh_key")).isEqualTo("***");
        }
    }

    @Test
    void masking_canHaveMorePatternsOrNone() {
        try (var ingest =
                IngestFixture.create(settings -> settings.masking(Masking.none().and("status|user")))) {
            var stored = storedWithSecrets(ingest);

            assertThat(stored.attributes().get("nested")).isEqualTo(List.of(Map.of("token", "hunter2", "user", "***")));
            assertThat(stored.status()).as("what has a column is never masked").isEqualTo("running");
        }
        try (var ingest = IngestFixture.create(settings -> settings.masking(Masking.none()))) {
            assertThat(storedWithSecrets(ingest).toString()).doesNotContain("***");
        }
    }

    private static Span storedWithSecrets(IngestFixture ingest) {
        var span = span().addAttributes(
                        attribute("nested", list(map(attribute("token", "hunter2"), attribute("user", "alice")))))
                .addAttributes(attribute("ctrlplane.job_config.ssh_key", "hunter2"))
                .addAttributes(attribute("ctrlplane.status", "running"))
                .addEvents(Event.newBuilder().setName("request").addAttributes(attribute("cookie", "hunter2")))
                .addEvents(Event.newBuilder().setName("password").addAttributes(attribute("value", "hunter2")))
                .addLinks(Link.newBuilder().addAttributes(attribute("authorization", "hunter2")));
        var resource = ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(attribute("api_key", "hunter2")))
                .addScopeSpans(ScopeSpans.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().addAttributes(attribute("secret", "hunter2")))
                        .addSpans(span));
        assertThat(ingest.send(Requests.controller(), Requests.request(resource))
                        .message())
                .isEmpty();
        return ingest.trace(Requests.TRACE).get(0);
    }
}
