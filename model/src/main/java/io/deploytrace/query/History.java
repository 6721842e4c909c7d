package io.deploytrace.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a release target, one line for all consecutive traces that gave the same answer.
 *
 * @param releaseTargetKey the release target; not null
 * @param lines the newest first; not null, unmodifiable, empty when nothing was recorded
 * @param nextCursor where older lines begin, an opaque text; null when there are none
 * @param since only traces that were first written then or later were looked at; null for all
 * @param until only traces that were first written before then were looked at; null for all
 */
public record History(
        String releaseTargetKey,
        List<HistoryLine> lines,
        @Nullable String nextCursor,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** Copies the lines. */
    public History {
        lines = List.copyOf(lines);
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
