package io.deploytrace.server.ingest;

import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.OtelKeys;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the spans of one scope have in common.
 *
 * @param attributes what is kept of the resource and the scope, by its key; not to be changed
 * @param size what the attributes take in each span, in estimated bytes
 * @param workspaceId what the resource names as the workspace; null if it names none
 * @param refusal why none of the spans can be taken; null if they can
 */
record Origin(
        Map<String, Object> attributes,
        long size,
        @Nullable Object workspaceId,
        @Nullable Refusal refusal) {

    static Origin of(
            ResourceSpans resource, ScopeSpans scope, IngestLimits limits, AttributeReader reader, RequestSize size) {
        var before = size.soFar();
        var attributes = new LinkedHashMap<String, Object>();
        try {
            ofResource(resource, limits, reader, attributes);
            ofScope(scope, limits, reader, attributes);
        } catch (Refusal refusal) {
            return new Origin(Map.of(), 0, null, refusal);
        }
        var workspaceId = attributes.remove(OtelKeys.RESOURCE_PREFIX + AttributeKeys.WORKSPACE_ID);
        return new Origin(attributes, size.soFar() - before, workspaceId, null);
    }

    private static void ofResource(
            ResourceSpans spans, IngestLimits limits, AttributeReader reader, Map<String, Object> attributes) {
        var resource = spans.getResource();
        check("attributes of its resource", resource.getAttributesCount(), limits);
        reader.read(resource.getAttributesList(), OtelKeys.RESOURCE_PREFIX, attributes);
        var details = new OtelDetails(attributes, reader);
        details.text(OtelKeys.RESOURCE_SCHEMA_URL, spans.getSchemaUrl());
        details.count(OtelKeys.RESOURCE_DROPPED_ATTRIBUTES_COUNT, resource.getDroppedAttributesCount());
    }

    private static void ofScope(
            ScopeSpans spans, IngestLimits limits, AttributeReader reader, Map<String, Object> attributes) {
        var scope = spans.getScope();
        check("attributes of its scope", scope.getAttributesCount(), limits);
        reader.read(scope.getAttributesList(), OtelKeys.SCOPE_PREFIX, attributes);
        var details = new OtelDetails(attributes, reader);
        details.text(OtelKeys.SCOPE_NAME, scope.getName());
        details.text(OtelKeys.SCOPE_VERSION, scope.getVersion());
        details.text(OtelKeys.SCOPE_SCHEMA_URL, spans.getSchemaUrl());
        details.count(OtelKeys.SCOPE_DROPPED_ATTRIBUTES_COUNT, scope.getDroppedAttributesCount());
    }

    private static void check(String what, int count, IngestLimits limits) {
        if (count > limits.attributesPerSpan()) {
            throw Refusal.tooMany(RejectionReason.TOO_MANY_ATTRIBUTES, what, count, limits.attributesPerSpan());
        }
    }
}
