package io.deploytrace.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.SpanBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StorableSizeTest {

    private static final long SEED = 20_261_122;
    private static final String[] PARTS = {"plain", "ä", "漢", "\ud83d\ude80", "", "\ud83d", "\ude80", "\0", " "};
    private static final int GOOD_PARTS = 5;

    private final Random random = new Random(SEED);

    @Test
    void storableSize_generated_isWhatAPlainCountSays() {
        var refused = 0;
        for (var i = 0; i < 5_000; i++) {
            var attributes = Attributes.copyOf(map(0));
            var expected = expected(attributes.asMap());
            refused += expected < 0 ? 1 : 0;
            assertThat(attributes.storableSize())
                    .as("seed %d: %s", SEED, attributes)
                    .isEqualTo(expected)
                    .isEqualTo(attributes.storableSize());
        }
        assertThat(refused).as("seed %d", SEED).isBetween(500, 4_500);
    }

    @Test
    void storableSize_atTheLimits_countsAndBeyondThemRefuses() {
        var longest = "x".repeat(SpanBatch.MAXIMUM_TEXT_LENGTH);
        assertThat(Attributes.of("", longest).storableSize()).isEqualTo(SpanBatch.MAXIMUM_TEXT_LENGTH);
        assertThat(Attributes.of("", longest + "x").storableSize()).isEqualTo(Attributes.NOT_STORABLE);
        assertThat(Attributes.of(longest + "x", 1).storableSize()).isEqualTo(Attributes.NOT_STORABLE);

        assertThat(Attributes.of("k", nested(SpanBatch.MAXIMUM_NESTING)).storableSize())
                .isEqualTo(1 + Attributes.SCALAR_SIZE * SpanBatch.MAXIMUM_NESTING);
        assertThat(Attributes.of("k", nested(SpanBatch.MAXIMUM_NESTING + 1)).storableSize())
                .isEqualTo(Attributes.NOT_STORABLE);

        var sixteen = new ArrayList<Object>(java.util.Collections.nCopies(15, longest));
        sixteen.add(longest.substring(1 + Attributes.SCALAR_SIZE));
        assertThat(Attributes.of("k", sixteen).storableSize()).isEqualTo(SpanBatch.MAXIMUM_SPAN_SIZE);
        sixteen.add("x");
        assertThat(Attributes.of("k", sixteen).storableSize()).isEqualTo(Attributes.NOT_STORABLE);
    }

    @Test
    void storableSize_ofNothing_isZero() {
        assertThat(Attributes.empty().storableSize()).isZero();
    }

    private static Object nested(int levels) {
        return levels == 1 ? List.of() : List.of(nested(levels - 1));
    }

    private Map<String, Object> map(int nesting) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = random.nextInt(5); i > 0; i--) {
            map.put(text(), value(nesting));
        }
        return map;
    }

    private Object value(int nesting) {
        return switch (random.nextInt(nesting > 3 ? 5 : 7)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextDouble();
            case 2 -> random.nextBoolean();
            case 5 -> map(nesting + 1);
            case 6 -> List.of(value(nesting + 1), value(nesting + 1));
            default -> text();
        };
    }

    private String text() {
        var text = new StringBuilder();
        for (var i = random.nextInt(4); i > 0; i--) {
            text.append(PARTS[random.nextInt(random.nextInt(8) == 0 ? PARTS.length : GOOD_PARTS)]);
        }
        return text.toString();
    }

    private static int expected(Object value) {
        if (value instanceof String text) {
            var bad = text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
            return bad ? -1 : text.length();
        }
        var parts = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, held) -> parts.addAll(List.of(key, held)));
        } else if (value instanceof List<?> list) {
            parts.addAll(list);
        } else {
            return 8;
        }
        var size = 0;
        for (var part : parts) {
            var held = expected(part);
            if (held < 0) {
                return -1;
            }
            size += held + (part instanceof Map || part instanceof List ? 8 : 0);
        }
        return size;
    }
}
