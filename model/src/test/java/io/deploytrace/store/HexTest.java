package io.deploytrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HexTest {

    private static final long SEED = 20_261_122;
    private static final String UUID = "0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47";
    private static final char[] NEAR_MISSES = "/09:`afgAF-@G\0\u007f\u0080\u0130\uff10".toCharArray();

    @Test
    void isId_anyCharacterAtAnyPlace_isAsTheExpressionSays() {
        for (var id : new String[] {"00f067aa0ba902b7", "0000000000000000", "0000000000000001", ""}) {
            for (var i = 0; i < id.length(); i++) {
                for (var c : NEAR_MISSES) {
                    var changed = id.substring(0, i) + c + id.substring(i + 1);
                    assertThat(Hex.isId(changed, 16)).as(changed).isEqualTo(isIdByExpression(changed));
                }
            }
            assertThat(Hex.isId(id, 16)).as(id).isEqualTo(isIdByExpression(id));
            assertThat(Hex.isId(id + "1", 16)).isFalse();
        }
    }

    @Test
    void isUuid_anyCharacterAtAnyPlace_isAsTheExpressionSays() {
        for (var i = 0; i < UUID.length(); i++) {
            for (var c : NEAR_MISSES) {
                var changed = UUID.substring(0, i) + c + UUID.substring(i + 1);
                assertThat(Hex.isUuid(changed)).as(changed).isEqualTo(isUuidByExpression(changed));
            }
            assertThat(Hex.isUuid(UUID.substring(0, i) + UUID.substring(i + 1))).isFalse();
        }
        assertThat(Hex.isUuid(UUID)).isTrue();
        assertThat(Hex.isUuid(UUID.replaceAll("[0-9a-f]", "0"))).isTrue();
    }

    @Test
    void isUuid_generated_holds() {
        var random = new Random(SEED);
        for (var i = 0; i < 1_000; i++) {
            var uuid = new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            assertThat(Hex.isUuid(uuid)).as("seed %d: %s", SEED, uuid).isTrue();
        }
    }

    private static boolean isIdByExpression(String text) {
        return text.matches("[0-9a-f]{16}") && !text.matches("0+");
    }

    private static boolean isUuidByExpression(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
}
