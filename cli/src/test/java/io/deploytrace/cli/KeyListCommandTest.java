package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyListCommandTest {

    private static final Instant NOW = MemoryProgram.NOW;

    private static MemoryProgram filled(MemoryProgram program) {
        return program.keys(
                key(1, Role.ADMIN, null, "first admin", null, NOW.minusSeconds(42), null),
                key(2, Role.WRITE, MemoryProgram.WORKSPACE, "controller 数据库", days(80), NOW.minusSeconds(300), null),
                key(3, Role.READ, MemoryProgram.WORKSPACE, null, days(-1), null, null),
                key(
                        4,
                        Role.WRITE,
                        UUID.fromString("01930000-0000-7000-8000-00000000000f"),
                        null,
                        null,
                        null,
                        days(-2)));
    }

    private static Instant days(int ahead) {
        return NOW.plus(Duration.ofDays(ahead));
    }

    private static ApiKey key(
            int number,
            Role role,
            @Nullable UUID workspace,
            @Nullable String label,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {
        return new ApiKey(
                new UUID(0x7000, 0x8000_0000_0000_0000L + number),
                "dt_abcdefg" + number,
                role,
                workspace,
                label,
                NOW.minus(Duration.ofDays(10 - number)),
                expiresAt,
                lastUsedAt,
                revokedAt);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void list_onTerminal_isATable(int width) {
        var result = filled(MemoryProgram.wide(width)).run("key", "list");

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines()).allMatch(line -> CharacterWidth.of(line) <= width);
        Golden.assertGolden("key-list-" + width + ".txt", result.out());
    }

    @Test
    void list_json_hasEveryField() {
        Golden.assertGolden(
                "key-list.json",
                filled(MemoryProgram.piped()).run("key", "list", "--json").out());
    }

    @Test
    void list_ofAWorkspace_holdsItsOwnAlone() {
        var result = filled(MemoryProgram.piped()).run("key", "list", "--workspace", "acme");

        assertThat(result.out().lines().skip(1)).hasSize(2).allMatch(line -> line.contains("acme"));
    }

    @Test
    void list_hostileLabel_isCleaned() {
        var key = key(1, Role.READ, null, "\u202Egnihtemos", null, null, null);

        assertThat(MemoryProgram.piped().keys(key).run("key", "list").out()).contains("\\u202egnihtemos");
    }

    @Test
    void list_withoutKeys_saysHowToCreateOne() {
        assertThat(MemoryProgram.piped().run("key", "list"))
                .isEqualTo(new TestProgram.Result(
                        0, "", "There is no key: create one with 'deploytrace key create --role read|write|admin'.\n"));
        assertThat(MemoryProgram.piped().run("key", "list", "--json").out()).isEqualTo("{\n  \"keys\": []\n}\n");
    }
}
