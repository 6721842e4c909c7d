package io.deploytrace.query;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a release target, one line for all consecutive traces that gave the same answer.
 *
 * @param releaseTargetKey the release target; not null
 * @param lines the newest first; not null, unmodifiable, empty when nothing was recorded
 * @param nextCursor where older lines begin, an opaque text; null when there are none
 * @param since only traces that were first written then or later were looked at; null for all
 * @param until only traces that were first written before then were looked at; null for all
 * @param absence what may be why there are no lines; not null
 */
public record History(
        String releaseTargetKey,
        List<HistoryLine> lines,
        @Nullable String nextCursor,
        @Nullable Instant since,
        @Nullable Instant until,
        NotOnRecord absence) {

    /** Copies the lines. */
    public History {
        lines = List.copyOf(lines);
        Objects.requireNonNull(absence, "absence");
    }

    /** A history of which nothing is known that may be missing. */
    public History(
            String releaseTargetKey,
            List<HistoryLine> lines,
            @Nullable String nextCursor,
            @Nullable Instant since,
            @Nullable Instant until) {
        this(releaseTargetKey, lines, nextCursor, since, until, NotOnRecord.UNEXPLAINED);
    }

    /** The same, with what may be why there are no lines. */
    public History with(NotOnRecord other) {
        return new History(releaseTargetKey, lines, nextCursor, since, until, other);
    }

    /**
     * The answer as a person would tell it: a sentence for each line, below one that says what they are about; without lines, what to check.
     *
     * @param now the time from which times are told
     */
    public List<String> lines(Instant now) {
        return new HistorySentences(now).of(this);
    }
}
