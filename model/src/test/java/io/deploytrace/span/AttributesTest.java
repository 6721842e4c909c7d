package io.deploytrace.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
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

    @Test
    void put_listThatContainsItself_failsSayingSo() {
        var list = new ArrayList<Object>();
        list.add(list);

        assertThatThrownBy(() -> stored(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contains itself");
    }

    @Test
    void equals_ofTheSameEntriesInAnotherOrder_holds() {
        var first = Attributes.builder().put("a", 1).put("b", List.of(1.0)).build();
        var second =
                Attributes.builder().put("b", new double[] {1}).put("a", 1L).build();

        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
        assertThat(first).isNotEqualTo(Attributes.of("a", 1));
    }

    @Test
    void get_byType_isNullForAnother() {
        var attributes = Attributes.builder()
                .put("text", "1")
                .put("number", 7)
                .put("large", 1L << 40)
                .put("none", null)
                .build();

        assertThat(attributes.getString("text")).isEqualTo("1");
        assertThat(attributes.getString("number")).isNull();
        assertThat(attributes.getInteger("number")).isEqualTo(7);
        assertThat(attributes.getInteger("text")).isNull();
        assertThat(attributes.getInteger("large")).isNull();
        assertThat(attributes.get("none")).isNull();
        assertThat(attributes.size()).isEqualTo(3);
    }

    @Test
    void asMap_andNestedValues_canNotBeChanged() {
        var source = new ArrayList<Object>(List.of("a"));
        var attributes = Attributes.of("list", source);
        source.add("b");

        assertThat(attributes.get("list")).isEqualTo(List.of("a"));
        assertThatThrownBy(() -> attributes.asMap().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Object stored(Object value) {
        return Attributes.of("key", value).get("key");
    }

    @Test
    void compacted_attributes_areEqualInTheSameOrderAndCanBeChangedAsCopies() {
        var attributes = Attributes.builder()
                .put("b", "text")
                .put("a", 7)
                .put("c", List.of(true))
                .build();

        var compacted = attributes.compacted();

        assertThat(compacted)
                .isEqualTo(attributes)
                .hasSameHashCodeAs(attributes)
                .hasToString(attributes.toString());
        assertThat(attributes).isEqualTo(compacted);
        assertThat(compacted.asMap().keySet()).containsExactly("b", "a", "c");
        assertThat(compacted.get("a")).isEqualTo(7L);
        assertThat(compacted.get("d")).isNull();
        assertThat(compacted.storableSize()).isEqualTo(attributes.storableSize());
        assertThat(compacted.toBuilder().put("d", 1).build())
                .isEqualTo(attributes.toBuilder().put("d", 1).build());
        assertThat(Attributes.empty().compacted()).isSameAs(Attributes.empty());
    }
}
