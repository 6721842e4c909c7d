package io.deploytrace.store;

import io.deploytrace.query.History;
import io.deploytrace.query.HistoryFold;
import io.deploytrace.query.HistoryLine;
import io.deploytrace.query.TraceBrief;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the history of a release target: runs page by page, until its lines are complete. For one answer. */
final class HistoryAnswers {

    /** A page that isn't wanted to its end costs little; a flapping goes on over many. */
    private static final int FIRST_LIMIT = 100;

    private final SpanReader reader;
    private final UUID workspaceId;
    private final Deadline deadline;

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
                withLinked(lines),
                hasMore ? SpanReader.behind(lines.get(lines.size() - 1).oldest()) : null,
                range.since(),
                range.until());
    }

    /** Where the runs go on that weren't looked at; null at their end. */
    private @Nullable String fold(HistoryFold fold, String key, TimeRange range, @Nullable String cursor) {
        var request = new PageRequest(FIRST_LIMIT, cursor);
        for (var seen = 0; seen < Answers.MAXIMUM_LOOK_BACK; ) {
            var runs = reader.runs(workspaceId, key, range, request, deadline);
            for (var run : runs.items()) {
                if (!fold.add(run)) {
                    return runs.nextCursor();
                }
            }
            if (runs.nextCursor() == null) {
                return null;
            }
            seen += runs.items().size();
            request = new PageRequest(PageRequest.MAXIMUM_LIMIT, runs.nextCursor());
        }
        return request.cursor();
    }

    private List<HistoryLine> withLinked(List<HistoryLine> lines) {
        var spokenOf = lines.stream().flatMap(HistoryAnswers::spokenOf).toList();
        var overall = new LinkedOutcomes(reader, workspaceId, deadline).of(spokenOf);
        return lines.stream().map(line -> withLinked(line, overall)).toList();
    }

    private static Stream<TraceBrief> spokenOf(HistoryLine line) {
        return line.flapping() == null
                ? Stream.of(line.newest())
                : Stream.of(line.newest(), line.flapping().other());
    }

    private static HistoryLine withLinked(HistoryLine line, Map<String, TraceBrief> overall) {
        var newest = overall.getOrDefault(line.newest().traceId(), line.newest());
        var flapping = line.flapping();
        return flapping == null
                ? new HistoryLine(newest, line.oldest(), line.count(), null)
                : new HistoryLine(
                        newest,
                        line.oldest(),
                        line.count(),
                        new HistoryLine.Flapping(
                                flapping.changes(),
                                overall.getOrDefault(flapping.other().traceId(), flapping.other()),
                                flapping.otherCount()));
    }
}
