package io.deploytrace.server;

import io.deploytrace.recorder.InvalidJobTokenException;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.store.ApiKey;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request, by what its {@code authorization} headers say. Asks the store at each request, so that a key that was
 * revoked is refused at once. Waits for the store: not for event loops.
 */
final class Authentication {

    private static final Pattern BEARER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([!-~]{1,4096})");

    private final boolean required;
    private final @Nullable ApiKeyStore keys;
    private final @Nullable JobTokens tokens;

    Authentication(boolean required, @Nullable ApiKeyStore keys, @Nullable JobTokens tokens) {
        this.required = required;
        this.keys = keys;
        this.tokens = tokens;
    }

    /**
     * Who it is.
     *
     * @throws RefusedException if that isn't proven, or can't be found out now
     */
    Principal authenticate(List<String> authorization, Deadline deadline) {
        if (authorization.isEmpty() && !required) {
            return Principal.Holder.ANYONE;
        }
        var credential = credential(authorization);
        return isJobToken(credential) ? job(credential) : holder(credential, deadline);
    }

    private static String credential(List<String> authorization) {
        if (authorization.size() == 1) {
            var matcher = BEARER.matcher(authorization.get(0).strip());
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        throw refused("Send a key or a job token, once, as 'Authorization: Bearer …'.");
    }

    private static boolean isJobToken(String credential) {
        return credential.chars().filter(character -> character == '.').count() == 2;
    }

    private Principal job(String token) {
        if (tokens == null) {
            throw refused("This server knows no keys of job tokens. Set DEPLOYTRACE_TOKEN_SECRET when it is started.");
        }
        try {
            return new Principal.Job(tokens.verify(token));
        } catch (InvalidJobTokenException e) {
            throw refused("The job token isn't valid: it must be signed with a key of this server, unchanged, and not"
                    + " have expired.");
        }
    }

    private Principal holder(String key, Deadline deadline) {
        try {
            return (keys == null ? Optional.<ApiKey>empty() : keys.authenticate(key, deadline))
                    .map(Principal.Holder::of)
                    .orElseThrow(() -> refused("The key isn't valid: it doesn't exist, has expired or was revoked."));
        } catch (SpanStoreException e) {
            throw Refusal.unavailable("The key can't be checked now. Send the same request again.")
                    .exception();
        }
    }

    private static RefusedException refused(String message) {
        return Refusal.unauthenticated(message).exception();
    }
}
