package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A key opens what it is for, until it is revoked or expires; nothing else opens anything. */
public abstract class AuthenticationContract extends ApiKeyStoreContract {

    @Test
    void authenticate_expiry_isTheFirstMomentOfRefusal() {
        var expiry = NOW.plus(Duration.ofDays(90));
        var issued = keys.create(Role.READ, workspace, null, expiry, soon());

        clock.set(expiry.minusNanos(1_000));
        assertThat(isGood(issued.secret())).isTrue();
        clock.set(expiry);
        assertThat(isGood(issued.secret())).isFalse();
        assertThat(keys.list(workspace, soon())).extracting(ApiKey::expiresAt).containsExactly(expiry);
    }

    @Test
    void authenticate_anyOneCharacterChanged_isRefused() {
        var secret = create(Role.READ, workspace).secret();

        for (var i = 0; i < secret.length(); i++) {
            var changed = new StringBuilder(secret);
            changed.setCharAt(i, secret.charAt(i) == 'a' ? 'b' : 'a');
            assertThat(isGood(changed.toString())).as(changed.toString()).isFalse();
        }
        assertThat(isGood(secret)).isTrue();
    }

    @Test
    void authenticate_partsAndVariants_areRefused() {
        var issued = create(Role.READ, workspace);
        var other = create(Role.ADMIN, null);
        var secret = issued.secret();
        var variants = new ArrayList<>(List.of(
                issued.key().prefix(),
                issued.key().prefix() + "_",
                issued.key().prefix() + other.secret().substring(11),
                other.key().prefix() + secret.substring(11),
                secret.toUpperCase(Locale.ROOT),
                secret + "=",
                secret + " ",
                secret + "\n",
                " " + secret,
                "Bearer " + secret,
                secret + secret));
        for (var end = 0; end < secret.length(); end++) {
            variants.add(secret.substring(0, end));
        }

        assertThat(variants).noneMatch(this::isGood);
        assertThat(keys.list(null, soon())).extracting(ApiKey::lastUsedAt).containsOnlyNulls();
    }

    @Test
    void authenticateAndRevoke_textOfAnyKind_findNothingAndFailNot() {
        var prefix = create(Role.ADMIN, null).key().prefix();
        var texts = List.of(
                "",
                "\u0000",
                prefix + "\u0000",
                prefix + "_" + "\u0000".repeat(43),
                prefix + "_" + "\uD83D\uDE80".repeat(21) + "x",
                prefix + "_" + "\uD83D".repeat(43),
                prefix + "_" + "é".repeat(43),
                "dt_________" + "_" + "A".repeat(43),
                "dt_%%%%%%%%",
                "dt_abcdefg\u0131",
                "dt_' or 1=1",
                "' or '1'='1",
                "%",
                "\uFF44t_abcdefgh",
                "\u202Edt_abcdefgh",
                "x".repeat(16 << 20),
                prefix + "_" + "A".repeat(16 << 20));

        for (var text : texts) {
            assertThat(isGood(text)).isFalse();
            assertThat(keys.revoke(text, soon())).isEmpty();
        }
        assertThat(keys.list(null, soon())).extracting(ApiKey::revokedAt).containsOnlyNulls();
    }

    @Test
    void revoke_key_isRefusedFromTheNextCallOn() {
        var issued = create(Role.WRITE, workspace);
        var kept = create(Role.WRITE, workspace);
        assertThat(isGood(issued.secret())).isTrue();

        clock.advance(Duration.ofSeconds(5));
        var revoked = keys.revoke(issued.key().prefix(), soon()).orElseThrow();

        assertThat(revoked.id()).isEqualTo(issued.key().id());
        assertThat(revoked.revokedAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(isGood(issued.secret())).isFalse();
        assertThat(isGood(kept.secret())).isTrue();
        assertThat(keys.list(workspace, soon()))
                .extracting(ApiKey::revokedAt)
                .containsExactlyInAnyOrder(NOW.plusSeconds(5), null);
    }

    @Test
    void authenticate_lastUse_isNotedAtMostOnceAMinute() {
        var secret = create(Role.READ, workspace).secret();
        assertThat(lastUse()).isNull();

        assertThat(isGood(secret)).isTrue();
        assertThat(lastUse()).isEqualTo(NOW);

        clock.advance(Duration.ofSeconds(59));
        assertThat(isGood(secret)).isTrue();
        assertThat(lastUse()).isEqualTo(NOW);

        clock.advance(Duration.ofSeconds(1));
        assertThat(isGood(secret)).isTrue();
        assertThat(lastUse()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void authenticateAll_severalTexts_findsThoseThatAuthenticateFinds() {
        var reader = create(Role.READ, workspace);
        var admin = create(Role.ADMIN, null);
        var revoked = create(Role.WRITE, workspace);
        var untouched = create(Role.WRITE, workspace);
        keys.revoke(revoked.key().prefix(), soon());
        var forged = admin.key().prefix() + reader.secret().substring(11);

        var found = keys.authenticateAll(
                Set.of(
                        reader.secret(),
                        admin.secret(),
                        revoked.secret(),
                        forged,
                        "",
                        admin.key().prefix()),
                soon());

        assertThat(found).containsOnlyKeys(reader.secret(), admin.secret());
        assertThat(found.get(reader.secret()))
                .extracting(ApiKey::id)
                .isEqualTo(reader.key().id());
        assertThat(found.get(admin.secret()))
                .extracting(ApiKey::id)
                .isEqualTo(admin.key().id());
        assertThat(keys.list(null, soon()))
                .filteredOn(key -> key.lastUsedAt() != null)
                .extracting(ApiKey::prefix)
                .containsExactlyInAnyOrder(reader.key().prefix(), admin.key().prefix())
                .doesNotContain(untouched.key().prefix());
        assertThat(keys.authenticateAll(Set.of(), soon())).isEmpty();
    }

    @Test
    void authenticateAll_twoTextsOfOnePrefix_findsTheOneThatIsTheKey() {
        var issued = create(Role.WRITE, workspace);
        var wrong = issued.secret().substring(0, issued.secret().length() - 2) + "-_";

        assertThat(keys.authenticateAll(Set.of(issued.secret(), wrong), soon())).containsOnlyKeys(issued.secret());
        assertThat(keys.authenticateAll(Set.of(wrong), soon())).isEmpty();
    }

    @Test
    void authenticate_refused_notesNoUse() {
        var issued = create(Role.READ, workspace);
        keys.revoke(issued.key().prefix(), soon());

        assertThat(isGood(issued.secret())).isFalse();
        assertThat(lastUse()).isNull();
    }

    @Test
    void anyCall_afterItsDeadline_fails() {
        var secret = create(Role.READ, workspace).secret();
        var passed = Deadline.after(Duration.ZERO);

        for (var call : List.<ThrowingCallable>of(
                () -> keys.create(Role.READ, null, null, null, passed),
                () -> keys.authenticate(secret, passed),
                () -> keys.authenticateAll(Set.of(secret), passed),
                () -> keys.list(null, passed),
                () -> keys.revoke(secret.substring(0, 11), passed))) {
            assertThat(catchThrowableOfType(SpanStoreException.class, call).reason())
                    .isEqualTo(SpanStoreException.Reason.DEADLINE_PASSED);
        }
        assertThat(keys.list(null, soon())).hasSize(1);
        assertThat(isGood(secret)).isTrue();
    }
}
