package io.deploytrace.server;

import io.deploytrace.recorder.InvalidJobTokenException;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request, by what its {@code authorization} headers say. Asks the store for each request, so that a key that was
 * revoked is refused at once. Safe for use by several threads.
 */
final class Authentication {

    private static final Pattern BEARER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([!-~]{1,4096})");

    private final boolean required;
    private final @Nullable KeyLookups keys;
    private final @Nullable JobTokens tokens;
    private final Executor computing;
    private final FailureLog failures;

    /**
     * Finds it out.
     *
     * @param waiting runs what waits for the store
     * @param computing runs the rest
     * @param failures logs why keys can't be checked
     */
    Authentication(
            boolean required,
            @Nullable ApiKeyStore keys,
            @Nullable JobTokens tokens,
            Executor waiting,
            Executor computing,
            FailureLog failures) {
        this.required = required;
        this.keys = keys == null ? null : new KeyLookups(keys, waiting);
        this.tokens = tokens;
        this.computing = computing;
        this.failures = failures;
    }

    /** Whether who sends no credentials is refused. */
    boolean isRequired() {
        return required;
    }

    /** Who it is, without waiting; the future fails with a {@link RefusedException} if that isn't proven, or can't be found out now. */
    CompletableFuture<Principal> authenticate(List<String> authorization, Deadline deadline) {
        if (authorization.isEmpty() && !required) {
            return CompletableFuture.completedFuture(Principal.Holder.ANYONE);
        }
        try {
            var credential = credential(authorization);
            return isJobToken(credential)
                    ? CompletableFuture.supplyAsync(() -> job(credential), computing)
                    : holder(credential, deadline);
        } catch (RuntimeException | Error refused) {
            return CompletableFuture.failedFuture(refused);
        }
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

    private CompletableFuture<Principal> holder(String key, Deadline deadline) {
        if (keys == null) {
            throw unknown();
        }
        return keys.find(key, deadline).handle((found, failure) -> {
            if (failure != null) {
                throw failed(failure);
            }
            return found.map(Principal.Holder::of).orElseThrow(Authentication::unknown);
        });
    }

    private RuntimeException failed(Throwable failure) {
        if (failure instanceof SpanStoreException ofStore) {
            failures.checkingKeys(ofStore);
            return Refusal.ofReading(ofStore).exception();
        }
        return new CompletionException(failure);
    }

    private static RefusedException unknown() {
        return refused("The key isn't valid: it doesn't exist, has expired or was revoked.");
    }

    private static RefusedException refused(String message) {
        return Refusal.unauthenticated(message).exception();
    }
}
