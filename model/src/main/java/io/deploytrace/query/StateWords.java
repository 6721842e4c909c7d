package io.deploytrace.query;

import org.jspecify.annotations.Nullable;

/** What became of a trace, in a few words that go on a sentence: {@code blocked by Approval Policy}. */
final class StateWords {

    private StateWords() {}

    static String of(TraceBrief trace) {
        return of(trace.outcome(), trace.cause() == null ? null : trace.cause().name());
    }

    static String of(Why why) {
        return of(why.outcome(), why.cause() == null ? null : why.cause().name());
    }

    static String of(Outcome outcome, @Nullable String causeName) {
        var cause = causeName == null ? "" : Spoken.line(causeName);
        return switch (outcome) {
            case DEPLOYED -> "deployed";
            case RUNNING -> "still running";
            case SKIPPED -> "left alone with nothing against it";
            case BLOCKED -> "blocked" + because(" by ", cause);
            case WAITING -> "waiting" + because(" for ", cause);
            case INELIGIBLE -> "ineligible" + because(" because of ", cause);
            case FAILED -> "failed" + because(" at ", cause);
        };
    }

    private static String because(String preposition, String cause) {
        return cause.isEmpty() ? "" : preposition + cause;
    }

    /** The release, as a subject; or what stands in for one that isn't named. */
    static String release(@Nullable String releaseId) {
        return releaseId == null ? "the release" : Spoken.line(releaseId);
    }
}
