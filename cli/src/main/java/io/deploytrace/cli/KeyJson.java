package io.deploytrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.json.TraceJson;
import io.deploytrace.store.ApiKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

/** The JSON of keys. Every field is there in every object, null where there is no value. */
final class KeyJson {

    private KeyJson() {}

    /** A key as the store knows it, as an object. */
    static void write(JsonGenerator json, ApiKey key, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", key.id().toString());
        writeFields(json, key, now);
        json.writeEndObject();
    }

    /** All fields but the id, into an object that is open. */
    static void writeFields(JsonGenerator json, ApiKey key, Instant now) throws IOException {
        json.writeStringField("prefix", key.prefix());
        json.writeStringField("role", key.role().value());
        json.writeStringField("workspaceId", Objects.toString(key.workspaceId(), null));
        json.writeStringField("label", key.label());
        json.writeStringField("state", KeyState.of(key, now).value());
        TraceJson.writeTime(json, "createdAt", key.createdAt());
        TraceJson.writeTime(json, "expiresAt", key.expiresAt());
        TraceJson.writeTime(json, "lastUsedAt", key.lastUsedAt());
        TraceJson.writeTime(json, "revokedAt", key.revokedAt());
    }
}
