package io.deploytrace.recorder;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of job tokens by their ids; the first signs. */
final class JobTokenKeys {

    /** The length of the hash: a shorter secret would be the weaker part. */
    private static final int SHORTEST_SECRET_BYTES = 32;

    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String signingKeyId;
    private final Map<String, byte[]> secrets;

    private JobTokenKeys(String signingKeyId, Map<String, byte[]> secrets) {
        this.signingKeyId = signingKeyId;
        this.secrets = secrets;
    }

    static JobTokenKeys parse(String text) {
        Objects.requireNonNull(text, "keys");
        var secrets = new LinkedHashMap<String, byte[]>();
        for (var key : text.strip().split("\\s*,\\s*", -1)) {
            var id = id(key, secrets.size() + 1);
            if (secrets.putIfAbsent(id, secret(id, key.substring(id.length() + 1))) != null) {
                throw new IllegalArgumentException("The job token key '%s' is given twice".formatted(id));
            }
        }
        return new JobTokenKeys(secrets.keySet().iterator().next(), secrets);
    }

    private static String id(String key, int position) {
        var colon = key.indexOf(':');
        var id = colon < 0 ? "" : key.substring(0, colon);
        if (!KEY_ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    ("Job token key number %d must be 'kid:secret', its id 1 to 64 letters, digits, '.', '-' or '_'; "
                                    + "keys are divided by commas")
                            .formatted(position));
        }
        return id;
    }

    private static byte[] secret(String id, String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "The secret of job token key '%s' has %d bytes; it needs at least %d, such as from 'openssl rand -base64 32'"
                            .formatted(id, bytes.length, SHORTEST_SECRET_BYTES));
        }
        return bytes;
    }

    String signingKeyId() {
        return signingKeyId;
    }

    byte[] signingSecret() {
        return Objects.requireNonNull(secrets.get(signingKeyId));
    }

    /** The secret, or null if the id is null or no key has it. */
    byte @Nullable [] secret(@Nullable String id) {
        return id == null ? null : secrets.get(id);
    }
}
