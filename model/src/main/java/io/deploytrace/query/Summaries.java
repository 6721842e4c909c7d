package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes a {@link TraceSummary}. */
final class Summaries {

    private Summaries() {}

    static TraceSummary of(Collection<Span> spans) {
        var steps = Step.inSequence(spans);
        var traceId = onlyTraceId(steps);
        var finding = OutcomeRules.find(steps);
        var openCount =
                (int) steps.stream().filter(step -> step.span().isOpen()).count();
        return new TraceSummary(
                workspace(steps),
                traceId,
                first(steps, span -> traceId.equals(span.parentTraceId()) ? null : span.parentTraceId()),
                first(steps, Span::releaseTargetKey),
                first(steps, Span::releaseId),
                first(steps, Span::jobId),
                Cause.shorten(first(steps, span -> span.attributes().getString(AttributeKeys.TRIGGER))),
                earliestStart(steps),
                openCount > 0 ? null : latestEnd(steps),
                finding.outcome(),
                finding.causes().isEmpty()
                        ? null
                        : Cause.of(finding.causes().get(0).span()),
                steps.size(),
                openCount,
                Fingerprint.of(steps));
    }

    private static String onlyTraceId(List<Step> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("spans must not be empty: a summary needs a trace");
        }
        var traceId = steps.get(0).span().traceId();
        for (var step : steps) {
            if (!step.span().traceId().equals(traceId)) {
                throw new IllegalArgumentException("spans must be of one trace, but are of " + traceId + " and "
                        + step.span().traceId());
            }
        }
        return traceId;
    }

    private static UUID workspace(List<Step> steps) {
        var workspaceId = first(steps, Span::workspaceId);
        if (workspaceId == null) {
            throw new IllegalArgumentException("spans must carry " + AttributeKeys.WORKSPACE_ID);
        }
        return UUID.fromString(workspaceId);
    }

    static @Nullable String first(List<Step> steps, Function<Span, @Nullable String> property) {
        for (var step : steps) {
            var value = property.apply(step.span());
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    static Instant earliestStart(List<Step> steps) {
        var earliest = steps.get(0).span().startTime();
        for (var step : steps) {
            var start = step.span().startTime();
            earliest = start.isBefore(earliest) ? start : earliest;
        }
        return earliest;
    }

    private static @Nullable Instant latestEnd(List<Step> steps) {
        var latest = steps.get(0).span().endTime();
        for (var step : steps) {
            var end = step.span().endTime();
            latest = end != null && latest != null && end.isAfter(latest) ? end : latest;
        }
        return latest;
    }
}
