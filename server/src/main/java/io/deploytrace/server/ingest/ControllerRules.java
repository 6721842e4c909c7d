package io.deploytrace.server.ingest;

import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.OtelKeys;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A sender with a key says itself what its spans record, within the workspace of the key. */
final class ControllerRules implements SenderRules {

    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final @Nullable String workspaceId;

    /** Null for a key of all workspaces. */
    ControllerRules(@Nullable UUID workspaceId) {
        this.workspaceId = workspaceId == null ? null : workspaceId.toString();
    }

    @Override
    public boolean ignores(String key) {
        return false;
    }

    @Override
    public void checkTrace(String traceId) {}

    @Override
    public void stamp(Map<String, Object> attributes, Span span, String traceId, @Nullable Object resourceWorkspace) {
        var named = attributes.getOrDefault(AttributeKeys.WORKSPACE_ID, resourceWorkspace);
        if (named == null) {
            named = workspaceId;
        }
        if (named == null) {
            throw new Refusal(
                    RejectionReason.INVALID_SPAN,
                    "it names no workspace. Set the attribute " + AttributeKeys.WORKSPACE_ID
                            + " on the span or its resource, or send with a key of one workspace.");
        }
        checkOwn(named);
        attributes.put(AttributeKeys.WORKSPACE_ID, named);
        if (attributes.containsKey(OtelKeys.STATUS_CODE)) {
            attributes.putIfAbsent(AttributeKeys.STATUS, SpanStatus.of(span));
            var description = attributes.get(OtelKeys.STATUS_DESCRIPTION);
            if (description != null) {
                attributes.putIfAbsent(AttributeKeys.MESSAGE, description);
            }
        }
    }

    /** Says nothing of whether there is such a workspace. */
    private void checkOwn(Object named) {
        if (workspaceId == null || workspaceId.equals(named)) {
            return;
        }
        if (named instanceof String text && UUIDS.matcher(text).matches()) {
            throw new Refusal(
                    RejectionReason.WRONG_WORKSPACE,
                    "its workspace is not that of the key. Send it with a key of its workspace.");
        }
        throw new Refusal(
                RejectionReason.INVALID_SPAN,
                "attribute " + AttributeKeys.WORKSPACE_ID + " must be the workspace's id, a UUID in lower case.");
    }

    @Override
    public String storedTraceId(String traceId) {
        return traceId;
    }
}
