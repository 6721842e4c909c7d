package io.deploytrace.server.ingest;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What it depends on the sender to say: where the spans belong, and what they may say themselves. */
sealed interface SenderRules permits ControllerRules, JobRules {

    /** The rules for the spans of this request. */
    static SenderRules of(Sender sender, ExportTraceServiceRequest request) {
        if (sender instanceof Sender.Job job) {
            return new JobRules(job.token(), Depths.of(request));
        }
        return new ControllerRules(((Sender.Controller) sender).workspaceId());
    }

    /** Whether an attribute of this key is left out. */
    boolean ignores(String key);

    /**
     * Refuses spans of traces that the sender may not write to.
     *
     * @throws Refusal if it is such a trace
     */
    void checkTrace(String traceId);

    /**
     * Completes the attributes of a span, all others of which are there.
     *
     * @param resourceWorkspace the workspace as the resource names it, if it does
     * @throws Refusal if the span names a workspace that isn't the sender's
     */
    void stamp(Map<String, Object> attributes, Span span, String traceId, @Nullable Object resourceWorkspace);

    /** The trace id under which spans of this trace are stored. */
    String storedTraceId(String traceId);
}
