package io.deploytrace.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds the runs of a release target, the newest first, into the lines of its history. It holds the lines and few runs, however many are added.
 *
 * <p>Seen from the newest: if the next runs take turns between two states for at least {@value #LEAST_CHANGES} changes, none of them longer than
 * an hour, as many as do are one line; else the next run is a line of its own. A state is what people see: the outcome, the release, and the
 * rule or name of the cause. Where a line ends doesn't depend on the lines before it, so that pages of lines join into the whole.
 *
 * <p>Not safe for use by several threads.
 */
public final class HistoryFold {

    /** From so many changes between two states on it is flapping. */
    public static final int LEAST_CHANGES = 4;

    private static final Duration LONGEST_TURN = Duration.ofHours(1);

    private final int limit;
    private final List<HistoryLine> lines = new ArrayList<>();

    /** The runs that take turns so far, the first few of them; and all of them in one line. */
    private final List<TraceRun> turns = new ArrayList<>();

    private @Nullable HistoryLine line;

    /**
     * A fold into so many lines.
     *
     * @throws IllegalArgumentException if {@code limit} is less than 1
     */
    public HistoryFold(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, but is " + limit);
        }
        this.limit = limit;
    }

    /** Adds the next older run; returns whether still older ones matter, which they don't once the lines are complete. */
    public boolean add(TraceRun run) {
        if (line != null && isTurn(turns.get(0)) && isTurn(run) && line.takesTurnsWith(run)) {
            line = line.and(run);
            if (turns.size() < LEAST_CHANGES) {
                turns.add(run);
            }
        } else {
            begin(run);
        }
        return lines.size() < limit;
    }

    private static boolean isTurn(TraceRun run) {
        return run.length().compareTo(LONGEST_TURN) <= 0;
    }

    /** Begins with the run; with the one before it as well, if that one was no part of a flapping and takes turns with this one. */
    private void begin(TraceRun run) {
        var last = turns.isEmpty() || isFlapping() ? null : turns.get(turns.size() - 1);
        var goesAlong = last != null
                && isTurn(last)
                && isTurn(run)
                && HistoryLine.of(last).takesTurnsWith(run);
        if (last != null && goesAlong) {
            turns.remove(turns.size() - 1);
            endTurns();
            turns.add(last);
            line = HistoryLine.of(last).and(run);
        } else {
            endTurns();
            line = HistoryLine.of(run);
        }
        turns.add(run);
    }

    private boolean isFlapping() {
        return line != null && line.flapping() != null && line.flapping().changes() >= LEAST_CHANGES;
    }

    private void endTurns() {
        if (line != null && isFlapping()) {
            lines.add(line);
        } else {
            turns.stream().map(HistoryLine::of).forEach(lines::add);
        }
        turns.clear();
        line = null;
    }

    /** Ends the fold: the lines, the newest first, at most as many as asked for. To be called once, at the end. */
    public List<HistoryLine> end() {
        endTurns();
        return List.copyOf(lines.subList(0, Math.min(limit, lines.size())));
    }

    /** After the end: whether there are runs beyond the lines. */
    public boolean hasMore() {
        return lines.size() > limit;
    }
}
