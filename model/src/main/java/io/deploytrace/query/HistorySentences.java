package io.deploytrace.query;

import io.deploytrace.query.HistoryLine.Flapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the history of a release target into sentences. */
final class HistorySentences {

    private final Instant now;

    HistorySentences(Instant now) {
        this.now = now;
    }

    List<String> of(History history) {
        var target = Spoken.line(history.releaseTargetKey());
        if (history.lines().isEmpty()) {
            return nothing(history, target);
        }
        var sentences = new ArrayList<String>();
        sentences.add("What became of " + target + ", the newest first:");
        history.lines().forEach(line -> sentences.add(sentence(line)));
        return List.copyOf(sentences);
    }

    private List<String> nothing(History history, String target) {
        var range = range(history.since(), history.until());
        if (range.isEmpty()) {
            return AbsenceSentences.ofTarget(history.releaseTargetKey(), history.absence());
        }
        var lines = new ArrayList<>(
                List.of("No reconcile of " + target + " is on record" + range + ".", "Ask for a longer time."));
        lines.addAll(AbsenceSentences.kept(history.absence().retention()));
        return List.copyOf(lines);
    }

    private String range(@Nullable Instant since, @Nullable Instant until) {
        if (since != null && until != null) {
            return " from " + Spoken.times(since, until, now);
        }
        return since != null
                ? " since " + Spoken.time(since, now)
                : until == null ? "" : " before " + Spoken.time(until, now);
    }

    /** One line as a sentence. */
    String sentence(HistoryLine line) {
        var newest = line.newest();
        var when = Spoken.times(line.oldest().startTime(), newest.startTime(), now) + ": ";
        var release = newest.releaseId() == null ? "" : Spoken.line(newest.releaseId()) + " ";
        if (line.flapping() != null) {
            return when + flapping(newest, line.flapping(), release);
        }
        return when + release + StateWords.of(newest) + repeated(line.count()) + message(newest);
    }

    private static String flapping(TraceBrief newest, Flapping flapping, String release) {
        var other = flapping.other();
        var times = "flapped " + Spoken.number(flapping.changes()) + " times between ";
        if (Objects.equals(newest.releaseId(), other.releaseId())) {
            return release + times + StateWords.of(newest) + " and " + StateWords.of(other) + ".";
        }
        return times + release + StateWords.of(newest) + " and " + StateWords.release(other.releaseId()) + " "
                + StateWords.of(other) + ".";
    }

    private static String repeated(long count) {
        return count == 1 ? "" : ", " + Spoken.number(count) + " times";
    }

    /** Only of what failed: what a policy says is the same each time, or stands in its name. */
    private static String message(TraceBrief trace) {
        var message = trace.outcome() == Outcome.FAILED && trace.cause() != null
                ? trace.cause().message()
                : null;
        return message == null || message.isBlank() ? "." : ": " + Spoken.sentence(message);
    }
}
