package io.deploytrace.server.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * The ids of events: a store's position behind a checksum, which binds it to the workspace. As a cursor, it is no secret and
 * grants nothing.
 */
final class EventPosition {

    private static final char SEPARATOR = '.';

    private EventPosition() {}

    static String id(UUID workspaceId, String position) {
        var payload = position.getBytes(StandardCharsets.UTF_8);
        var check = Paging.check("events\0" + workspaceId, payload);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(check) + SEPARATOR + position;
    }

    /**
     * The store's position of an id.
     *
     * @param source where it was sent
     * @throws ProblemException if the id wasn't handed out for the workspace
     */
    static String open(UUID workspaceId, String id, String source) {
        var position = id.substring(id.indexOf(SEPARATOR) + 1);
        if (!id(workspaceId, position).equals(id)) {
            throw new ProblemException(
                    Problem.INVALID_CURSOR,
                    "The position isn't one that was handed out for the events of this workspace. Send the id of the last"
                            + " event unchanged, or none, and load what you show anew.",
                    source,
                    List.of());
        }
        return position;
    }
}
