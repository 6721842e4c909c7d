package io.deploytrace.server.api;

import io.deploytrace.json.TraceJson;
import io.deploytrace.store.StoredTrace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Changes of one workspace as the text of server-sent events.
 *
 * @param workspaceId the workspace
 */
public record EventText(UUID workspaceId) {

    private static final int CHUNK_BYTES = 16 << 10;
    private static final byte[] TRACE = utf8("event: trace\ndata: ");
    private static final byte[] END = utf8("\n\n");

    /** What keeps the connection open and tells no change. It carries the position, which grows old otherwise. */
    public byte[] heartbeat(String position) {
        return utf8(": heartbeat\n" + idLine(position) + "\n");
    }

    /** That the client must load anew what it shows, and may go on from the position. */
    public byte[] reset(String position) {
        return utf8("event: reset\ndata: {}\n" + idLine(position) + "\n");
    }

    /**
     * One event for each trace, in parts that end with an event. The last event alone carries the position: who was disconnected before it
     * hears them all again.
     */
    public List<byte[]> traces(List<StoredTrace> traces, String position) {
        var chunks = new ArrayList<byte[]>();
        var chunk = new ByteArrayOutputStream();
        for (var i = 0; i < traces.size(); i++) {
            var trace = traces.get(i);
            chunk.writeBytes(TRACE);
            chunk.writeBytes(JsonText.of(json -> TraceJson.writeTrace(json, trace)));
            var isLast = i == traces.size() - 1;
            chunk.writeBytes(isLast ? utf8("\n" + idLine(position) + "\n") : END);
            if (isLast || chunk.size() >= CHUNK_BYTES) {
                chunks.add(chunk.toByteArray());
                chunk.reset();
            }
        }
        return chunks;
    }

    private String idLine(String position) {
        return "id: " + EventPosition.id(workspaceId, position) + "\n";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
