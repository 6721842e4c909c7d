package io.deploytrace.span;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {

    @Test
    void put_numbers_areWidenedToLongAndDouble() {
        assertThat(stored(1)).isEqualTo(1L);
        assertThat(stored((byte) 1)).isEqualTo(1L);
        assertThat(stored(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(stored(BigInteger.TEN)).isEqualTo(10L);
        assertThat(stored(BigInteger.TWO.pow(70))).isEqualTo(Math.pow(2, 70));
        assertThat(stored(1.5f)).isEqualTo(1.5);
        assertThat(stored(-0.0)).isEqualTo(0.0);
        assertThat(stored(Double.NaN)).isEqualTo("NaN");
    }

    @Test
    void put_arrays_areLists() {
        assertThat(stored(new int[] {1, 2})).isEqualTo(List.of(1L, 2L));
        assertThat(stored(new double[0])).isEqualTo(List.of());
        assertThat(stored(new boolean[] {true})).isEqualTo(List.of(true));
        assertThat(stored(new String[] {"a", null, "b"})).isEqualTo(List.of("a", "b"));
        assertThat(stored(new byte[] {1, 2, 3})).isEqualTo("AQID");
    }

    @Test
    void put_nested_isNormalisedThroughout() {
        var time = Instant.parse("2024-01-15T10:30:00.123456789Z");

        assertThat(stored(Arrays.asList(1, null, Map.of("at", time))))
                .isEqualTo(List.of(1L, Map.of("at", "2024-01-15T10:30:00.123456789Z")));
    }

    @Test
    void build_thenPut_leavesWhatWasBuiltUnchanged() {
        var builder = Attributes.builder().put("a", 1);
        var first = builder.build();
        var second = builder.put("b", 2).build();
        var third = builder.putAll(Attributes.of("c", 3)).build();

        assertThat(first.asMap()).isEqualTo(Map.of("a", 1L));
        assertThat(second.asMap()).isEqualTo(Map.of("a", 1L, "b", 2L));
        assertThat(third.asMap()).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 3L));
    }

    private static Object stored(Object value) {
        return Attributes.of("key", value).get("key");
    }
}
