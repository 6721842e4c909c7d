package io.deploytrace.query;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a release target's history: traces that gave the same answer, or that flapped between two.
 *
 * @param newest the newest of the traces, which also says what the line is about; not null
 * @param oldest the oldest of the traces; not null
 * @param count how many traces there are, at least 1
 * @param flapping what it flapped between; null when all traces gave the same answer
 */
public record HistoryLine(
        TraceBrief newest,
        TraceBrief oldest,
        long count,
        @Nullable Flapping flapping) {

    /**
     * Two states that took turns.
     *
     * @param changes how many times the one followed the other, at least {@value HistoryFold#LEAST_CHANGES}
     * @param other the newest trace in the state that isn't that of the line's newest; not null
     * @param otherCount how many of the line's traces were in that state
     */
    public record Flapping(long changes, TraceBrief other, long otherCount) {

        /** Checks that the other isn't null. */
        public Flapping {
            Objects.requireNonNull(other, "other");
        }
    }

    /** Checks that the traces aren't null. */
    public HistoryLine {
        Objects.requireNonNull(newest, "newest");
        Objects.requireNonNull(oldest, "oldest");
    }

    /**
     * The line as a sentence.
     *
     * @param now the time from which times are told
     */
    public String text(Instant now) {
        return new HistorySentences(now).sentence(this);
    }

    static HistoryLine of(TraceRun run) {
        return new HistoryLine(run.newest(), run.oldest(), run.count(), null);
    }

    /** Whether an older run would be the next turn of two states. */
    boolean takesTurnsWith(TraceRun older) {
        if (flapping == null) {
            return !older.newest().isSameState(newest);
        }
        return older.newest().isSameState(isNewestsTurn(flapping) ? newest : flapping.other());
    }

    private static boolean isNewestsTurn(Flapping flapping) {
        return flapping.changes() % 2 == 1;
    }

    /** The line with one more, older run, which {@linkplain #takesTurnsWith takes turns}. */
    HistoryLine and(TraceRun older) {
        var before = flapping == null ? new Flapping(0, older.newest(), 0) : flapping;
        var otherCount = before.otherCount() + (isNewestsTurn(before) ? 0 : older.count());
        return new HistoryLine(
                newest,
                older.oldest(),
                count + older.count(),
                new Flapping(before.changes() + 1, before.other(), otherCount));
    }
}
