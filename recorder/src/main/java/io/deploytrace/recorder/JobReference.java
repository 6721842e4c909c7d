package io.deploytrace.recorder;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A job and the trace in which it was triggered: what a {@link JobTokens job token} carries, and what a trace
 * recorded under the job begins from.
 *
 * @param workspaceId the workspace, a UUID; kept in lower case
 * @param traceId the trace in which the job was triggered, 32 lower-case hex digits
 * @param parentSpanId the span of the job in that trace, 16 lower-case hex digits
 * @param jobId the job's id; not blank
 * @param releaseTargetKey the release target; null when the trace names none
 * @param releaseId the release; null when it isn't known
 */
public record JobReference(
        String workspaceId,
        String traceId,
        String parentSpanId,
        String jobId,
        @Nullable String releaseTargetKey,
        @Nullable String releaseId) {

    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("[0-9a-f]{16}");

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if one isn't as described; the message names it
     */
    public JobReference {
        workspaceId = Arguments.workspaceId("workspaceId", workspaceId);
        requireId("traceId", traceId, TRACE_ID);
        requireId("parentSpanId", parentSpanId, SPAN_ID);
        Arguments.text("jobId", jobId);
        if (releaseTargetKey != null) {
            Arguments.text("releaseTargetKey", releaseTargetKey);
        }
        if (releaseId != null) {
            Arguments.text("releaseId", releaseId);
        }
    }

    /** The workspace as a UUID. */
    public UUID workspace() {
        return UUID.fromString(workspaceId);
    }

    private static void requireId(String name, String value, Pattern pattern) {
        Objects.requireNonNull(value, name);
        if (!pattern.matcher(value).matches() || value.chars().allMatch(c -> c == '0')) {
            throw new IllegalArgumentException("%s must be lower-case hex digits (%s) and not all zero, but is '%s'"
                    .formatted(name, pattern, value));
        }
    }
}
