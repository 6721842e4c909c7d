package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are created, listed and revoked as they should be. */
public abstract class ApiKeyContract extends ApiKeyStoreContract {

    @ParameterizedTest
    @EnumSource
    void create_eachRole_isListedAndAuthenticatedAsItWasMade(Role role) {
        var expiry = NOW.plusSeconds(3_600);

        var issued = keys.create(role, workspace, "CI of \uD83D\uDE80 shop", expiry, soon());

        assertThat(issued.key())
                .isEqualTo(new ApiKey(
                        issued.key().id(),
                        issued.key().prefix(),
                        role,
                        workspace,
                        "CI of \uD83D\uDE80 shop",
                        NOW,
                        expiry,
                        null,
                        null));
        assertThat(keys.list(workspace, soon())).containsExactly(issued.key());
        assertThat(keys.authenticate(issued.secret(), soon())).contains(issued.key());
    }

    @Test
    void create_withoutWorkspaceLabelAndExpiry_isGoodForAllAndForEver() {
        var issued = create(Role.ADMIN, null);
        clock.set(Instant.parse("9999-12-31T23:59:59Z"));

        assertThat(issued.key().isFor(workspace)).isTrue();
        assertThat(keys.authenticate(issued.secret(), soon())).isPresent();
    }

    @Test
    void create_twice_makesTwoKeys() {
        var first = create(Role.READ, workspace);
        var second = create(Role.READ, workspace);

        assertThat(first.secret()).isNotEqualTo(second.secret());
        assertThat(first.key().prefix()).isNotEqualTo(second.key().prefix());
        assertThat(keys.authenticate(first.secret(), soon())).contains(first.key());
        assertThat(keys.authenticate(second.secret(), soon())).contains(second.key());
    }

    @Test
    void issued_key_beginsWithItsPrefixAndShowsNoMoreOfItself() {
        var issued = create(Role.WRITE, workspace);

        assertThat(issued.secret())
                .matches("dt_[a-z0-9]{8}_[A-Za-z0-9_-]{43}")
                .startsWith(issued.key().prefix() + "_");
        assertThat(issued.key().prefix()).hasSize(11);
        assertThat(issued.toString()).doesNotContain(issued.secret().substring(12));
        assertThat(issued.key().toString()).doesNotContain(issued.secret().substring(12));
    }

    @Test
    void create_unknownWorkspace_failsAndCreatesNothing() {
        var unknown = UUID.fromString("00000000-0000-4000-8000-000000000000");

        var failure = catchThrowableOfType(SpanStoreException.class, () -> create(Role.READ, unknown));

        assertThat(failure).hasMessageContaining(unknown.toString());
        assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.UNKNOWN_WORKSPACE);
        assertThat(keys.list(null, soon())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "a\u0000b", "a\u009Bb", "\uD83D"})
    void create_labelThatIsUnfit_fails(String label) {
        assertThatThrownBy(() -> keys.create(Role.READ, null, label, null, soon()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("label");
        assertThat(keys.list(null, soon())).isEmpty();
    }

    @Test
    void create_labelOf100Characters_succeedsAndOfOneMore_fails() {
        var longest = "\uD83D\uDE80".repeat(100);

        assertThat(keys.create(Role.READ, null, longest, null, soon()).key().label())
                .isEqualTo(longest);
        assertThatThrownBy(() -> keys.create(Role.READ, null, longest + "x", null, soon()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T10:00:00.123456Z",
                "2026-11-22T10:00:00.123456999Z",
                "2026-11-22T09:59:59Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z"
            })
    void create_expiryNowOrBeforeOrTooFar_fails(String expiry) {
        assertThatThrownBy(() -> keys.create(Role.READ, null, null, Instant.parse(expiry), soon()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expiry");
        assertThat(keys.list(null, soon())).isEmpty();
    }

    @Test
    void list_workspace_holdsItsOwnKeysAlone() {
        var other = newWorkspace();
        var first = create(Role.READ, workspace).key();
        clock.advance(Duration.ofSeconds(1));
        var foreign = create(Role.READ, other).key();
        clock.advance(Duration.ofSeconds(1));
        var global = create(Role.ADMIN, null).key();
        clock.advance(Duration.ofSeconds(1));
        var last = create(Role.WRITE, workspace).key();

        assertThat(keys.list(workspace, soon())).containsExactly(first, last);
        assertThat(keys.list(other, soon())).containsExactly(foreign);
        assertThat(keys.list(newWorkspace(), soon())).isEmpty();
        assertThat(keys.list(null, soon())).containsExactly(first, foreign, global, last);
        assertThat(first.isFor(other)).isFalse();
    }

    @Test
    void revoke_again_doesNothing() {
        var prefix = create(Role.WRITE, workspace).key().prefix();
        var first = keys.revoke(prefix, soon());
        clock.advance(Duration.ofDays(1));

        assertThat(keys.revoke(prefix, soon())).isEqualTo(first).isPresent();
    }
}
