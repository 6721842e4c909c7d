package io.deploytrace.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The rules of {@link HistoryFold}, once more: over the whole list, run by run, and slow. */
final class PlainHistory {

    private PlainHistory() {}

    /** Consecutive traces that give the same answer. */
    static List<TraceRun> runs(List<TraceBrief> newestFirst) {
        var runs = new ArrayList<TraceRun>();
        for (var start = 0; start < newestFirst.size(); ) {
            var first = newestFirst.get(start);
            var end = start + 1;
            while (end < newestFirst.size() && answer(newestFirst.get(end)).equals(answer(first))) {
                end++;
            }
            runs.add(new TraceRun(first, newestFirst.get(end - 1), end - start));
            start = end;
        }
        return runs;
    }

    private static List<Object> answer(TraceBrief trace) {
        return List.of(trace.fingerprint(), trace.outcome(), String.valueOf(trace.releaseId()));
    }

    static List<HistoryLine> lines(List<TraceRun> newestFirst) {
        var lines = new ArrayList<HistoryLine>();
        for (var at = 0; at < newestFirst.size(); ) {
            var turns = turnsFrom(newestFirst, at);
            if (turns.size() >= 5) {
                lines.add(flapping(turns));
                at += turns.size();
            } else {
                var run = newestFirst.get(at++);
                lines.add(new HistoryLine(run.newest(), run.oldest(), run.count(), null));
            }
        }
        return lines;
    }

    /** As many runs from there on as take turns between two states and are short. */
    private static List<TraceRun> turnsFrom(List<TraceRun> runs, int from) {
        var turns = new ArrayList<TraceRun>();
        for (var run : runs.subList(from, runs.size())) {
            var size = turns.size();
            var isShort =
                    Duration.between(run.oldest().startTime(), run.newest().startTime())
                                    .compareTo(Duration.ofHours(1))
                            <= 0;
            var isTurn = (size < 1 || !state(run).equals(state(turns.get(size - 1))))
                    && (size < 2 || state(run).equals(state(turns.get(size - 2))));
            if (!isShort || !isTurn) {
                break;
            }
            turns.add(run);
        }
        return turns;
    }

    private static List<String> state(TraceRun run) {
        var cause = run.newest().cause();
        var subject = cause == null ? null : Objects.requireNonNullElse(cause.rule(), cause.name());
        return List.of(
                run.newest().outcome().value(), String.valueOf(run.newest().releaseId()), String.valueOf(subject));
    }

    private static HistoryLine flapping(List<TraceRun> turns) {
        var others = new ArrayList<TraceRun>();
        for (var i = 1; i < turns.size(); i += 2) {
            others.add(turns.get(i));
        }
        return new HistoryLine(
                turns.get(0).newest(),
                turns.get(turns.size() - 1).oldest(),
                turns.stream().mapToLong(TraceRun::count).sum(),
                new HistoryLine.Flapping(
                        turns.size() - 1,
                        others.get(0).newest(),
                        others.stream().mapToLong(TraceRun::count).sum()));
    }
}
