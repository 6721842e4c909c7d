package io.deploytrace.server.api;

import io.deploytrace.store.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question, from whoever may ask it.
 *
 * @param workspaceId the workspace it is about, which is there and may be read
 * @param traceId the trace of the path, as it was sent; null where the path has none
 * @param query the parameters with all their values, decoded
 * @param ifNoneMatch the validators of what the client has, as it sent them; null for none
 * @param now the time from which durations are told
 * @param deadline by when the store must have answered
 */
public record ApiRequest(
        UUID workspaceId,
        @Nullable String traceId,
        Map<String, List<String>> query,
        @Nullable String ifNoneMatch,
        Instant now,
        Deadline deadline) {

    Parameters parameters(List<String> known) {
        return Parameters.of(query, known);
    }

    /** The trace of the path, in lower case. */
    String trace() {
        return Parameters.traceId("traceId", String.valueOf(traceId));
    }
}
