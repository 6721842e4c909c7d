package io.deploytrace.query;

import io.deploytrace.query.StepChange.Change;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses from the difference of two traces what their policies and checks said otherwise. */
final class VerdictChanges {

    private VerdictChanges() {}

    /**
     * The evaluations and checks that flipped, appeared or vanished. One that isn't in the second trace counts as vanished only where
     * others of its phase are: else the phase wasn't reached.
     */
    static List<StepChange> of(Diff diff) {
        Set<@Nullable String> reached = new HashSet<>();
        diff.steps().stream()
                .filter(step -> isVerdict(step) && step.b() != null)
                .forEach(step -> reached.add(step.latest().span().phase()));
        return diff.steps().stream()
                .filter(step -> isVerdict(step) && step.change() != Change.SAME && step.change() != Change.CHANGED)
                .filter(step -> step.change() != Change.VANISHED
                        || reached.contains(step.latest().span().phase()))
                .toList();
    }

    private static boolean isVerdict(StepChange step) {
        return !step.isLinked() && (step.kind() == StepKind.EVALUATION || step.kind() == StepKind.CHECK);
    }
}
