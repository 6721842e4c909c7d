package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.store.Workspace;
import java.io.IOException;

/** The JSON of workspaces. */
public final class WorkspaceJson {

    private WorkspaceJson() {}

    /** A workspace as an object of id and name, which may be null. */
    public static void write(JsonGenerator json, Workspace workspace) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", workspace.id().toString());
        json.writeStringField("name", workspace.name());
        json.writeEndObject();
    }
}
