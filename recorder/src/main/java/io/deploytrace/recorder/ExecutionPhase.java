package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Masking;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.SpanNames;
import io.deploytrace.vocabulary.Status;
import java.util.Map;
import java.util.UUID;

/**
 * The phase that carries the deployment out. Ends as {@code completed}, or as {@code failed} after
 * {@link #recordException(Throwable)}.
 */
public final class ExecutionPhase extends Node<ExecutionPhase> {

    ExecutionPhase(RecordedSpan span) {
        super(span);
    }

    /**
     * Records that a job was triggered, with a generated id (a random UUID).
     *
     * @see #triggerJob(String, Map, String)
     */
    public Job triggerJob(String type, Map<String, ?> config) {
        return triggerJob(type, config, UUID.randomUUID().toString());
    }

    /**
     * Records that a job was triggered. The span of the job and all spans started from now on carry its id; so does the root, if
     * it carries none yet.
     *
     * @param type the kind of job, such as {@code github-action}
     * @param config how it was configured; each entry is an attribute {@code ctrlplane.job_config.KEY}, masked if
     *     {@link Masking} says so for the key
     * @param jobId the job's id where it runs; a null or blank one is logged, and an id generated
     */
    public Job triggerJob(String type, Map<String, ?> config, String jobId) {
        var misuse = recording().misuse();
        if (misuse.isBlank("triggerJob", "jobId", jobId)) {
            return triggerJob(type, config);
        }
        if (misuse.isNull("triggerJob", "type", type) || misuse.isNull("triggerJob", "config", config)) {
            return new Job(RecordedSpan.unrecorded(recording(), span()), jobId);
        }
        var start = SpanStart.running(SpanNames.job(type), Phase.EXECUTION, NodeType.ACTION, Status.COMPLETED)
                .with(attributes(type, config));
        return new Job(recording().start(span(), start, jobId), jobId);
    }

    private Attributes attributes(String type, Map<String, ?> config) {
        var values = recording().values();
        var attributes =
                recording().convert("config", () -> values.attributes(AttributeKeys.JOB_CONFIG_PREFIX, config));
        var builder = attributes == null ? Attributes.builder() : attributes.toBuilder();
        return builder.put(AttributeKeys.JOB_TYPE, type).build();
    }

    /**
     * Starts an action that belongs to the execution.
     *
     * @param name what is done, such as {@code Rollback}
     */
    public Action startAction(String name) {
        return Action.start(recording(), span(), Phase.EXECUTION, name);
    }
}
