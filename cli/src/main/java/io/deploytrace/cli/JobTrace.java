package io.deploytrace.cli;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanReader;
import io.deploytrace.vocabulary.AttributeKeys;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A trace, as far as a job that it triggered is concerned. */
final class JobTrace {

    private final String traceId;
    private final List<Span> spans;

    private JobTrace(String traceId, List<Span> spans) {
        this.traceId = traceId;
        this.spans = spans;
    }

    /**
     * Reads it.
     *
     * @throws ProgramException if the workspace has no such trace
     */
    static JobTrace read(SpanReader reader, UUID workspaceId, String traceId) {
        var spans = reader.trace(workspaceId, traceId, Deadlines.answer());
        if (spans.isEmpty()) {
            throw ProgramException.notFound("There is no trace " + traceId + " in this workspace.");
        }
        return new JobTrace(traceId, spans);
    }

    /**
     * The span that triggered the job.
     *
     * @throws ProgramException if none did
     */
    String spanThatTriggered(String jobId) {
        return spans.stream()
                .filter(JobTrace::triggers)
                .filter(span -> jobId.equals(span.jobId()))
                .map(Span::spanId)
                .findFirst()
                .orElseThrow(() -> ProgramException.notFound(
                        "The trace " + traceId + " triggered no job '" + jobId + "'. " + jobs()));
    }

    private static boolean triggers(Span span) {
        return span.attributes().getString(AttributeKeys.JOB_TYPE) != null;
    }

    private String jobs() {
        var ids = spans.stream()
                .filter(JobTrace::triggers)
                .map(Span::jobId)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", "));
        return ids.isEmpty() ? "It triggered none; --parent names another span of it." : "It triggered: " + ids + ".";
    }

    /**
     * The span's id, if the trace has it.
     *
     * @throws ProgramException if it doesn't
     */
    String requireSpan(String spanId) {
        if (spans.stream().noneMatch(span -> span.spanId().equals(spanId))) {
            throw ProgramException.notFound("The trace " + traceId + " has no span " + spanId + ".");
        }
        return spanId;
    }

    @Nullable String releaseTargetKey() {
        return first(Span::releaseTargetKey);
    }

    @Nullable String releaseId() {
        return first(Span::releaseId);
    }

    private @Nullable String first(Function<Span, @Nullable String> attribute) {
        return spans.stream()
                .map(attribute)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
