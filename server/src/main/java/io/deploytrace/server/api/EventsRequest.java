package io.deploytrace.server.api;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From where on a client wants to hear of changes.
 *
 * @param workspaceId the workspace, which may be read
 * @param position the store's position; null for now
 */
public record EventsRequest(UUID workspaceId, @Nullable String position) {

    private static final String SINCE = "since";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    /**
     * What the parameters and the header ask for. The header wins: who was disconnected sends the same parameters again.
     *
     * @param query the parameters with all their values, decoded
     * @param lastEventId the value of {@code Last-Event-ID}; null or empty for none
     * @throws ProblemException if a parameter isn't valid, or a position wasn't handed out for this workspace
     */
    public static EventsRequest of(UUID workspaceId, Map<String, List<String>> query, @Nullable String lastEventId) {
        var since = Parameters.of(query, List.of(SINCE)).text(SINCE);
        if (lastEventId != null && !lastEventId.isEmpty()) {
            return new EventsRequest(workspaceId, EventPosition.open(workspaceId, lastEventId, LAST_EVENT_ID));
        }
        return new EventsRequest(workspaceId, since == null ? null : EventPosition.open(workspaceId, since, SINCE));
    }
}
