package io.deploytrace.ci;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt to tell the server of spans.
 *
 * @param done what needn't be told again
 * @param kept how many are still to be told
 * @param refused how many of these the server will never take
 * @param problem what went wrong, for people; null if nothing did
 * @param away whether the server couldn't be reached
 */
record Delivery(
        List<UnsentSpan> done,
        int kept,
        long refused,
        @Nullable String problem,
        boolean away) implements UnaryOperator<JobState> {

    /** What the state is after it. */
    @Override
    public JobState apply(JobState state) {
        return state.delivered(this);
    }

    static Delivery nothing() {
        return new Delivery(List.of(), 0, 0, null, false);
    }

    /** None of the spans arrived. */
    static Delivery failed(List<UnsentSpan> spans, String problem, boolean away) {
        return new Delivery(List.of(), spans.size(), 0, problem, away);
    }

    /** The same, with so many that are still to be told. */
    Delivery keeping(int count) {
        return new Delivery(done, count, refused, problem, away);
    }

    /** This one, and then another of what came after it. */
    Delivery then(Delivery next) {
        var all = new ArrayList<>(done);
        all.addAll(next.done);
        return new Delivery(
                all,
                kept + next.kept,
                refused + next.refused,
                next.problem == null ? problem : next.problem,
                next.away);
    }
}
