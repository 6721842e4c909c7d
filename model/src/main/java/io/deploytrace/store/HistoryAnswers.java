package io.deploytrace.store;

import io.deploytrace.query.History;
import io.deploytrace.query.HistoryFold;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceRun;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the history of a release target: runs page by page, until its lines are complete. For one answer. */
final class HistoryAnswers {

    /** A page that isn't wanted to its end costs little; a flapping goes on over many. */
    private static final int FIRST_LIMIT = 100;

    private final SpanReader reader;
    private final UUID workspaceId;
    private final Deadline deadline;

    /** The oldest run so far: older ones may go on with it. */
    private @Nullable TraceRun last;

    HistoryAnswers(SpanReader reader, UUID workspaceId, Deadline deadline) {
        this.reader = reader;
        this.workspaceId = workspaceId;
        this.deadline = deadline;
    }

    History read(String releaseTargetKey, TimeRange range, PageRequest page) {
        var fold = new HistoryFold(page.limit());
        var next = fold(fold, releaseTargetKey, range, page.cursor());
        var lines = fold.end();
        var hasMore = fold.hasMore() || next != null;
        return new History(
                releaseTargetKey,
                lines,
                hasMore ? SpanReader.behind(lines.get(lines.size() - 1).oldest()) : null,
                range.since(),
                range.until());
    }

    /** Where the runs go on that weren't looked at; null at their end. */
    private @Nullable String fold(HistoryFold fold, String key, TimeRange range, @Nullable String cursor) {
        var request = new PageRequest(FIRST_LIMIT, cursor);
        for (var seen = 0; seen < Answers.MAXIMUM_LOOK_BACK; ) {
            var runs = reader.runs(workspaceId, key, range, request, deadline);
            for (var run : withLinked(runs.items())) {
                if (!add(run, fold)) {
                    return runs.nextCursor();
                }
            }
            request = new PageRequest(PageRequest.MAXIMUM_LIMIT, runs.nextCursor());
            if (runs.nextCursor() == null) {
                break;
            }
            seen += runs.items().size();
        }
        if (last != null) {
            fold.add(last);
        }
        return request.cursor();
    }

    /** What came of the newest of each, linked traces counted. */
    private List<TraceRun> withLinked(List<TraceRun> runs) {
        var overall = new LinkedOutcomes(reader, workspaceId, deadline)
                .of(runs.stream().map(TraceRun::newest).toList());
        return runs.stream()
                .map(run -> new TraceRun(
                        overall.getOrDefault(run.newest().traceId(), run.newest()), run.oldest(), run.count()))
                .toList();
    }

    /** Adds the run before, once one comes that doesn't go on with it; whether still older ones matter. */
    private boolean add(TraceRun run, HistoryFold fold) {
        if (last != null && goesOn(last, run.newest())) {
            last = last.and(run);
            return true;
        }
        var before = last;
        last = run;
        return before == null || fold.add(before);
    }

    /** Linked traces that failed on different paths may have come to the same. */
    private static boolean goesOn(TraceRun newer, TraceBrief older) {
        return newer.goesOnWith(older) && newer.newest().isSameState(older);
    }
}
