package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiKeySecretTest {

    private static final String KEY = "dt_abcd1234_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    /** As {@code printf %s KEY | sha256sum} has it. */
    @Test
    void hash_knownKey_isItsSha256() {
        assertThat(HexFormat.of()
                        .formatHex(ApiKeySecret.parse(KEY).orElseThrow().hash()))
                .isEqualTo("5bd44ad71f15108902b044c581a7a3762ce6935b5a6cb7cf40627bf01344688a");
    }

    @Test
    void generate_manyTimes_neverRepeats() {
        var keys = Stream.generate(ApiKeySecret::generate).limit(10_000).toList();

        assertThat(keys).allMatch(key -> ApiKeySecret.parse(key.reveal()).isPresent());
        assertThat(new HashSet<>(
                        keys.stream().map(key -> key.reveal().substring(12)).toList()))
                .hasSize(10_000);
    }

    @Test
    void toString_key_isItsPrefixAlone() {
        assertThat(ApiKeySecret.parse(KEY)).hasToString("Optional[dt_abcd1234_…]");
    }
}
