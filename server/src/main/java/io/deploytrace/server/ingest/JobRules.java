package io.deploytrace.server.ingest;

import io.deploytrace.recorder.JobToken;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.OtelKeys;
import io.deploytrace.vocabulary.Phase;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A job says nothing of ours about its spans: its token does. */
final class JobRules implements SenderRules {

    private final JobToken token;
    private final Depths depths;
    private final JobTraceIds traceIds;

    JobRules(JobToken token, Depths depths) {
        this.token = token;
        this.depths = depths;
        this.traceIds = new JobTraceIds(token.job());
    }

    @Override
    public boolean ignores(String key) {
        return key.startsWith(AttributeKeys.PREFIX);
    }

    @Override
    public void checkTrace(String traceId) {
        if (traceId.equals(token.job().traceId())) {
            throw new Refusal(
                    RejectionReason.FOREIGN_TRACE,
                    "the trace is that of the job's parent, into which a job can't write. Start a new trace: don't"
                            + " continue the traceparent of the controller. The job's traces are shown under the job.");
        }
    }

    @Override
    public void stamp(Map<String, Object> attributes, Span span, String traceId, @Nullable Object resourceWorkspace) {
        var job = token.job();
        attributes.put(OtelKeys.TRACE_ID, traceId);
        attributes.put(AttributeKeys.WORKSPACE_ID, job.workspaceId());
        attributes.put(AttributeKeys.JOB_ID, job.jobId());
        attributes.put(AttributeKeys.PARENT_TRACE_ID, job.traceId());
        put(attributes, AttributeKeys.RELEASE_TARGET_KEY, job.releaseTargetKey());
        put(attributes, AttributeKeys.RELEASE_ID, job.releaseId());
        attributes.put(AttributeKeys.PHASE, Phase.EXTERNAL.value());
        attributes.put(AttributeKeys.NODE_TYPE, NodeType.ACTION.value());
        attributes.put(AttributeKeys.STATUS, SpanStatus.of(span));
        put(attributes, AttributeKeys.MESSAGE, attributes.get(OtelKeys.STATUS_DESCRIPTION));
        attributes.put(AttributeKeys.SEQUENCE, sequence(span));
        put(attributes, AttributeKeys.DEPTH, depths.of(span));
        if (Depths.isRoot(span)) {
            attributes.put(AttributeKeys.PARENT_SPAN_ID, job.parentSpanId());
        }
    }

    private static void put(Map<String, Object> attributes, String key, @Nullable Object value) {
        if (value != null) {
            attributes.put(key, value);
        }
    }

    /** Milliseconds since the token was issued, so that the order needs no memory of the spans before. */
    private int sequence(Span span) {
        var start = Long.divideUnsigned(span.getStartTimeUnixNano(), TimeUnit.MILLISECONDS.toNanos(1));
        var since = start - token.issuedAt().toEpochMilli();
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, since));
    }

    @Override
    public String storedTraceId(String traceId) {
        return traceIds.stored(traceId);
    }
}
