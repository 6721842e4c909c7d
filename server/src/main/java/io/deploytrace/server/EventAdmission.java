package io.deploytrace.server;

import io.deploytrace.server.api.Problem;
import io.deploytrace.server.api.ProblemException;
import io.deploytrace.store.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * What let a stream of events in, to be checked again while it goes on: a key may be revoked, a workspace be removed.
 *
 * @param authorization what the client sent to prove who it is
 * @param workspaceId the workspace, as it was sent
 */
record EventAdmission(
        Authentication authentication, WorkspaceAccess access, List<String> authorization, String workspaceId) {

    /** Look-ups of keys may take a little longer than they are allowed. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Begins to find out who it is. */
    CompletableFuture<Principal> authenticate(Duration timeout) {
        return authentication
                .authenticate(authorization, Deadline.after(timeout))
                .copy()
                .orTimeout(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Whether it would be let in now; waits for the store.
     *
     * @param authenticated who it is, once that is known
     * @throws RuntimeException if that can't be found out
     */
    boolean isValid(CompletableFuture<Principal> authenticated, Duration timeout) {
        try {
            var principal = authenticated.join();
            var unused = access.require(principal, workspaceId, Deadline.after(timeout));
            return Route.EVENTS.admits(principal);
        } catch (ProblemException noWorkspace) {
            return false;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RefusedException refused
                    && refused.refusal().problem() == Problem.UNAUTHENTICATED) {
                return false;
            }
            throw e;
        }
    }
}
