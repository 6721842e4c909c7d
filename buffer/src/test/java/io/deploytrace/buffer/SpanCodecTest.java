package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanCodecTest {

    private static final int LIMIT = 64 << 20;
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void generatedTraces_comeBackEqual(long seed) throws IOException {
        var fixtures = new Fixtures(seed);
        for (var i = 0; i < 200; i++) {
            var spans = GeneratedTraces.next(fixtures, new UUID(0, i));
            assertThat(roundTrip(spans, 0)).as("seed %d, trace %d", seed, i).isEqualTo(spans);
        }
    }

    @Test
    void everyKindOfValue_comesBackEqual() throws IOException {
        var attributes = Attributes.builder();
        var values = new ArrayList<Object>(List.of(
                "", "plain", "naïve", "部署 🚀", "\u0000\uD800 half \uDC00", 0L, -1L, 1L, 127L, 128L, Long.MAX_VALUE));
        values.addAll(List.of(Long.MIN_VALUE, 0.0, -0.0, 0.1, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, true));
        values.addAll(List.of(false, List.of(), Map.of(), List.of("a", 1L, 2.5, true, List.of(List.of()))));
        values.add(Map.of("a", Map.of("b", List.of(1L, "2")), "", "empty key"));
        values.add("x".repeat(1_048_576));
        values.add("部".repeat(SpanEncoder.LONGEST_SHARED + 1));
        for (var value : values) {
            attributes.put("key " + attributes.build().size(), value);
        }
        var built = attributes.build();
        var span = new Span("t", "", null, "n", NOW, null, built, List.of(new SpanEvent("", NOW.plusNanos(1), built)));

        var back = roundTrip(List.of(span, span), 7);

        assertThat(back).containsExactly(span, span);
        assertThat(back.get(0).attributes().asMap().keySet())
                .containsExactlyElementsOf(built.asMap().keySet());
    }

    @Test
    void timesAndAbsentColumns_comeBackEqual() throws IOException {
        var spans = new ArrayList<Span>();
        for (var time : List.of(Instant.MIN, Instant.parse("0001-01-01T00:00:00Z"), Instant.EPOCH, NOW, Instant.MAX)) {
            var event = new SpanEvent("e", time, Attributes.empty());
            spans.add(new Span("t", "s", null, "n", time, null, Attributes.empty(), List.of()));
            spans.add(new Span("t", "s", "p", "n", time, time, Attributes.empty(), List.of(event, event)));
        }
        assertThat(roundTrip(spans, Frame.SIZE)).isEqualTo(spans);
        assertThat(roundTrip(List.of(), 0)).isEmpty();
    }

    @Test
    void deeplyNestedValue_comesBackEqual() throws IOException {
        Object value = "deep";
        for (var i = 0; i < 500; i++) {
            value = List.of(value);
        }
        var span = new Span("t", "s", null, "n", NOW, null, Attributes.of("k", value), List.of());
        assertThat(roundTrip(List.of(span), 0)).containsExactly(span);
    }

    @Test
    void spans_overTheLimit_areRefused() {
        var span = new Span("t", "s", null, "x".repeat(10_000), NOW, null, Attributes.empty(), List.of());
        assertThatThrownBy(() -> SpanEncoder.encode(List.of(span), 0, 5_000))
                .isInstanceOf(SpoolFullException.class)
                .hasMessage(
                        "A call of 1 spans takes more than 5000 bytes, the most that one call may take on the spool."
                                + " Write fewer spans at once.");
    }

    @Test
    void bytes_ofALaterVersion_areRefused() throws IOException {
        var bytes = encoded(List.of(), 0);
        bytes[0] = 2;
        assertThatThrownBy(() -> SpanDecoder.decode(ByteBuffer.wrap(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("The spans are of version 2; this program reads version 1");
    }

    @Test
    void anyBytes_endInSpansOrAnException() {
        var random = new Random(42);
        for (var i = 0; i < 20_000; i++) {
            var bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            bytes[0] = SpanEncoder.VERSION;
            try {
                assertThat(SpanDecoder.decode(ByteBuffer.wrap(bytes))).isNotNull();
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("The bytes aren't spans|\\d+ bytes are left over");
            }
        }
    }

    private static List<Span> roundTrip(List<Span> spans, int reserved) throws IOException {
        var bytes = encoded(spans, reserved);
        return SpanDecoder.decode(ByteBuffer.wrap(bytes, reserved, bytes.length - reserved));
    }

    private static byte[] encoded(List<Span> spans, int reserved) throws IOException {
        var encoder = SpanEncoder.encode(spans, reserved, LIMIT);
        return Arrays.copyOf(encoder.bytes(), encoder.size());
    }
}
