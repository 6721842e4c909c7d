package io.deploytrace.store;

import io.deploytrace.query.Diff;
import io.deploytrace.query.StepChange;
import io.deploytrace.query.StepChange.Change;
import io.deploytrace.query.StepState;
import io.deploytrace.query.TargetDiff;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceRun;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads what two traces differ in. For one answer. */
final class DiffAnswers {

    private static final int FIRST_LIMIT = 20;

    private final SpanReader reader;
    private final UUID workspaceId;
    private final Deadline deadline;

    DiffAnswers(SpanReader reader, UUID workspaceId, Deadline deadline) {
        this.reader = reader;
        this.workspaceId = workspaceId;
        this.deadline = deadline;
    }

    /** From a to b; empty when one of them isn't there. */
    Optional<Diff> read(String a, String b) {
        var outlineOfA = outline(a);
        var outlineOfB = a.equals(b) ? outlineOfA : outline(b);
        if (outlineOfA.isEmpty() || outlineOfB.isEmpty()) {
            return Optional.empty();
        }
        return Math.max(outlineOfA.size(), outlineOfB.size()) > Answers.SMALL
                ? Optional.of(large(outlineOfA, outlineOfB))
                : small(a, b);
    }

    private List<Span> outline(String traceId) {
        var outline = reader.outline(workspaceId, traceId, deadline);
        return outline.stream().anyMatch(span -> span.traceId().equals(traceId)) ? outline : List.of();
    }

    private Optional<Diff> small(String a, String b) {
        var spansOfA = reader.traceWithLinked(workspaceId, a, deadline);
        var spansOfB = a.equals(b) ? spansOfA : reader.traceWithLinked(workspaceId, b, deadline);
        // A trace that was pruned between the two reads is as good as never recorded.
        return spansOfA.isEmpty() || spansOfB.isEmpty() ? Optional.empty() : Optional.of(Diff.of(spansOfA, spansOfB));
    }

    /** From the outlines, in which the spans of the first steps that differ are replaced by the whole ones. */
    private Diff large(List<Span> outlineOfA, List<Span> outlineOfB) {
        var keys = Diff.of(outlineOfA, outlineOfB).steps().stream()
                .filter(step -> step.change() != Change.SAME)
                .limit(SpanReader.MAXIMUM_KEYS / 2)
                .flatMap(DiffAnswers::keys)
                .distinct()
                .toList();
        Map<SpanKey, Span> whole = new HashMap<>();
        reader.spansOf(workspaceId, keys, deadline).forEach(span -> whole.put(span.key(), span));
        return Diff.of(replaced(outlineOfA, whole), replaced(outlineOfB, whole)).outlined(SpanReader.MAXIMUM_KEYS / 2);
    }

    private static Stream<SpanKey> keys(StepChange step) {
        return Stream.of(Optional.ofNullable(step.a()), Optional.ofNullable(step.b()))
                .flatMap(Optional::stream)
                .map(StepState::span)
                .map(Span::key);
    }

    private static List<Span> replaced(List<Span> outline, Map<SpanKey, Span> whole) {
        return outline.stream()
                .map(span -> whole.getOrDefault(span.key(), span))
                .toList();
    }

    /** From the newest trace of a target with another outcome to its newest one. */
    TargetDiff read(String releaseTargetKey) {
        var newest = (TraceBrief) null;
        var request = PageRequest.first(FIRST_LIMIT);
        for (var seen = 0L; seen < Answers.MAXIMUM_LOOK_BACK; ) {
            var runs = reader.runs(workspaceId, releaseTargetKey, TimeRange.ALL, request, deadline);
            var traces = runs.items().stream().map(TraceRun::newest).toList();
            var overall = new LinkedOutcomes(reader, workspaceId, deadline).of(traces);
            for (var trace : traces) {
                var found = Objects.requireNonNull(overall.get(trace.traceId()));
                newest = newest == null ? found : newest;
                if (found.outcome() != newest.outcome()) {
                    return new TargetDiff(
                            releaseTargetKey,
                            newest,
                            read(found.traceId(), newest.traceId()).orElse(null));
                }
            }
            if (runs.nextCursor() == null) {
                break;
            }
            seen += runs.items().stream().mapToLong(TraceRun::count).sum();
            request = new PageRequest(PageRequest.MAXIMUM_LIMIT, runs.nextCursor());
        }
        return new TargetDiff(releaseTargetKey, newest, null);
    }
}
