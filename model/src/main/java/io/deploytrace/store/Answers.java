package io.deploytrace.store;

import io.deploytrace.query.Blocker;
import io.deploytrace.query.Diff;
import io.deploytrace.query.Fanout;
import io.deploytrace.query.History;
import io.deploytrace.query.NotOnRecord;
import io.deploytrace.query.OpenStep;
import io.deploytrace.query.TargetDiff;
import io.deploytrace.query.TargetWhy;
import io.deploytrace.query.TraceAbsence;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions from what a store holds: reads what each answer needs, and no more. Memory is bounded by the
 * {@linkplain io.deploytrace.query.Outline outlines} of one trace's spans with its linked ones, or of several traces with 5,000 spans
 * together, the summaries of these, one page of summaries, and 1,100 spans. Of a trace of more than 5,000 spans, the names and words of
 * those that the answer doesn't speak of count as far as an outline has them. Every method throws {@link SpanStoreException} as
 * {@link SpanReader} does. As safe for use by several threads as its reader.
 */
public final class Answers {

    /** The most traces of a release target, to the nearest page, over which is looked back. */
    public static final int MAXIMUM_LOOK_BACK = 100_000;

    /** The most release targets of a release that are told, to the nearest page. */
    public static final int MAXIMUM_TARGETS = 10_000;

    /** Up to so many spans are read whole. */
    static final int SMALL = 5_000;

    private final SpanReader reader;
    private final @Nullable WorkspaceStore workspaces;

    /** Answers from what the reader reads, without knowing for how long workspaces keep traces. */
    public Answers(SpanReader reader) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.workspaces = null;
    }

    /**
     * Answers from what the reader reads.
     *
     * @param workspaces tells for how long traces are kept, where something isn't there
     */
    public Answers(SpanReader reader, WorkspaceStore workspaces) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.workspaces = Objects.requireNonNull(workspaces, "workspaces");
    }

    /** Why a trace ended as it did, and the spans, or outlines, that say so. */
    private record Told(Why why, List<Span> spans) {}

    /** Why the trace ended as it did, linked traces included; empty when the workspace has no such trace. */
    public Optional<Why> whyTrace(UUID workspaceId, String traceId, Deadline deadline) {
        return tell(workspaceId, traceId, deadline).map(Told::why);
    }

    private Optional<Told> tell(UUID workspaceId, String traceId, Deadline deadline) {
        var outline = reader.outline(workspaceId, traceId, deadline);
        if (outline.stream().noneMatch(span -> span.traceId().equals(traceId))) {
            return Optional.empty();
        }
        var spans = outline.size() <= SMALL
                ? reader.traceWithLinked(workspaceId, traceId, deadline)
                : partlyWhole(workspaceId, outline, deadline);
        return spans.stream().anyMatch(span -> span.traceId().equals(traceId))
                ? Optional.of(new Told(Why.of(spans), spans))
                : Optional.empty();
    }

    /** The outlines, in which the spans that the answer speaks of are replaced by the whole ones. */
    private List<Span> partlyWhole(UUID workspaceId, List<Span> outline, Deadline deadline) {
        var first = Why.of(outline);
        var spoken = Stream.concat(
                first.blockers().stream().map(Blocker::span),
                first.open().stream().map(OpenStep::span));
        var keys = Stream.concat(spoken, outline.stream().filter(span -> span.isOpen() || span.parentSpanId() == null))
                .map(Span::key)
                .distinct()
                .limit(SpanReader.MAXIMUM_KEYS)
                .toList();
        Map<SpanKey, Span> whole = new HashMap<>();
        reader.spansOf(workspaceId, keys, deadline).forEach(span -> whole.put(span.key(), span));
        return outline.stream()
                .map(span -> whole.getOrDefault(span.key(), span))
                .toList();
    }

    /**
     * Why the release target is as it is: the answer of its newest trace, since when it has been the same, and what changed since it
     * was deployed to last.
     *
     * @param since the time since which the caller expects a reconcile; null when any will do. If there is none, an older
     *     answer is given, marked by {@link TargetWhy#nothingSince()}
     */
    public TargetWhy whyTarget(UUID workspaceId, String releaseTargetKey, @Nullable Instant since, Deadline deadline) {
        var lookup = new TargetLookup(reader, workspaceId, releaseTargetKey, deadline);
        var history = lookup.history();
        var told = history == null
                ? Optional.<Told>empty()
                : tell(workspaceId, history.newest().summary().traceId(), deadline);
        if (history == null || told.isEmpty()) {
            // A trace that was pruned between the two reads is as good as never recorded.
            return TargetWhy.nothingRecorded(releaseTargetKey, retention(workspaceId, deadline), lookup.similar());
        }
        var why = told.get().why();
        var lastDeployed = lookup.lastDeployed(history);
        var before = history.before();
        var mayBeRemoved = before == null || lastDeployed.trace() == null;
        return new TargetWhy(
                releaseTargetKey,
                why,
                history.since(),
                history.streak(),
                before,
                lastDeployed.trace(),
                lastDeployed.isCut(),
                lookup.isThere(history, lastDeployed.trace()),
                lookup.changes(lastDeployed.trace(), why, told.get().spans()),
                lookup.flapping(history, why),
                lookup.holders(why),
                since != null && history.newest().createdAt().isBefore(since) ? since : null,
                mayBeRemoved ? retention(workspaceId, deadline) : null,
                List.of());
    }

    /**
     * What can be said of a trace that the workspace doesn't have.
     *
     * @param traceId 32 hex digits
     * @param now the time, which no trace can have begun after
     */
    public TraceAbsence absence(UUID workspaceId, String traceId, Instant now, Deadline deadline) {
        return TraceAbsence.of(traceId, retention(workspaceId, deadline), now);
    }

    private NotOnRecord absence(UUID workspaceId, String releaseTargetKey, Deadline deadline) {
        var lookup = new TargetLookup(reader, workspaceId, releaseTargetKey, deadline);
        return new NotOnRecord(lookup.similar(), retention(workspaceId, deadline));
    }

    private @Nullable Duration retention(UUID workspaceId, Deadline deadline) {
        return workspaces == null
                ? null
                : workspaces
                        .find(workspaceId, deadline)
                        .map(Workspace::retention)
                        .orElse(null);
    }

    /**
     * How two traces differ, from a to b, linked traces included; empty when the workspace has no such trace. Of traces of more than
     * 5,000 spans, {@linkplain Diff#isOutlined() verdicts alone} are compared.
     */
    public Optional<Diff> diff(UUID workspaceId, String a, String b, Deadline deadline) {
        return new DiffAnswers(reader, workspaceId, deadline).read(a, b);
    }

    /**
     * What changed at a release target: its newest trace beside the newest one with another outcome, linked traces included. Of several
     * consecutive traces that give the same answer, the newest is looked at.
     */
    public TargetDiff diffTarget(UUID workspaceId, String releaseTargetKey, Deadline deadline) {
        var diff = new DiffAnswers(reader, workspaceId, deadline).read(releaseTargetKey);
        return diff.newest() == null ? diff.with(absence(workspaceId, releaseTargetKey, deadline)) : diff;
    }

    /**
     * What became of a release target, consecutive traces that gave the same answer as one line, the newest first. Memory holds the lines and
     * one page of runs, however many traces there are. What jobs recorded counts, as in {@link Why}.
     *
     * @param range when the traces were first written
     * @param page how many lines, and where to go on: at {@link History#nextCursor()}. A line covers {@value #MAXIMUM_LOOK_BACK} runs at the
     *     most; what flaps for still longer goes on on the next page
     */
    public History history(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, Deadline deadline) {
        var history = new HistoryAnswers(reader, workspaceId, deadline).read(releaseTargetKey, range, page);
        if (!history.lines().isEmpty()) {
            return history;
        }
        return history.with(
                range.equals(TimeRange.ALL)
                        ? absence(workspaceId, releaseTargetKey, deadline)
                        : new NotOnRecord(List.of(), retention(workspaceId, deadline)));
    }

    /**
     * How a release stands at every release target that it concerns, {@value #MAXIMUM_TARGETS} at the most: its newest trace of the release
     * at each, what its jobs recorded included.
     */
    public Fanout fanout(UUID workspaceId, String releaseId, Deadline deadline) {
        var fanout = new FanoutAnswers(reader, workspaceId, deadline).read(releaseId);
        return fanout.groups().isEmpty()
                ? fanout.with(new NotOnRecord(List.of(), retention(workspaceId, deadline)))
                : fanout;
    }
}
