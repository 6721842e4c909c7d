package io.deploytrace.cli;

import io.deploytrace.store.ApiKey;
import java.time.Instant;
import java.util.Locale;

/** Whether a key opens anything. */
enum KeyState {
    LIVE(Hue.GOOD),
    EXPIRED(Hue.FAINT),
    REVOKED(Hue.FAINT);

    final Hue hue;

    KeyState(Hue hue) {
        this.hue = hue;
    }

    static KeyState of(ApiKey key, Instant now) {
        if (key.revokedAt() != null) {
            return REVOKED;
        }
        var expiresAt = key.expiresAt();
        return expiresAt == null || now.isBefore(expiresAt) ? LIVE : EXPIRED;
    }

    String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
