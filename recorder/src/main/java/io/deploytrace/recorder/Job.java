package io.deploytrace.recorder;

import io.deploytrace.vocabulary.AttributeKeys;

/**
 * A job that was triggered to carry the deployment out. Ends as {@code completed}, or as {@code failed} after
 * {@link #fail(String)} or {@link #recordException(Throwable)}.
 */
public final class Job extends Node<Job> {

    private final String id;

    Job(RecordedSpan span, String id) {
        super(span);
        this.id = id;
    }

    /** The job's own id: the one it was triggered with, or a generated one. */
    public String id() {
        return id;
    }

    /**
     * A token for the system that runs the job: with it, that system records spans under this job. Each call issues
     * another one, valid from now for as long as the {@link JobTokens} say.
     *
     * @return the token; empty, after a warning, if the recorder was started without {@link JobTokens}
     */
    public String token() {
        var settings = recording().settings();
        if (settings.tokens() == null) {
            recording().misuse().report("A job token was asked for and is empty: give the builder JobTokens.");
            return "";
        }
        var releaseId = recording().releaseId();
        return settings.tokens()
                .issue(new JobReference(
                        settings.workspaceId(),
                        recording().traceId(),
                        spanId(),
                        recording().storableId("job_id", id),
                        settings.releaseTargetKey(),
                        releaseId == null ? null : recording().storableId("release_id", releaseId)));
    }

    /**
     * Records that the job failed.
     *
     * @param message why, in a sentence
     */
    public Job fail(String message) {
        if (!recording().misuse().isNull("fail", "message", message)) {
            span().set(AttributeKeys.MESSAGE, message);
            span().fail(message);
        }
        return this;
    }
}
