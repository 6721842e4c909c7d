package io.deploytrace.query;

import java.util.ArrayList;
import java.util.List;

/** Puts the steps of two traces side by side. */
final class StepChanges {

    private final List<ComparedStep> a;
    private final boolean[] hasLike;
    private final List<StepChange> changes = new ArrayList<>();

    private StepChanges(List<ComparedStep> a, int[] likeOfB) {
        this.a = a;
        this.hasLike = new boolean[a.size()];
        for (var like : likeOfB) {
            if (like != StepMatches.NONE) {
                hasLike[like] = true;
            }
        }
    }

    static List<StepChange> of(TraceLinks linksOfA, TraceLinks linksOfB) {
        var a = ComparedStep.of(linksOfA);
        var b = ComparedStep.of(linksOfB);
        var likeOfB = StepMatches.find(a, b);
        var sides = new StepChanges(a, likeOfB);
        sides.addVanishedFrom(0);
        for (var i = 0; i < b.size(); i++) {
            var like = likeOfB[i];
            sides.changes.add(StepChange.of(like == StepMatches.NONE ? null : a.get(like), b.get(i)));
            if (like != StepMatches.NONE) {
                sides.addVanishedFrom(like + 1);
            }
        }
        return sides.changes;
    }

    /** Those that follow one another from there on and have no like. */
    private void addVanishedFrom(int index) {
        for (var i = index; i < a.size() && !hasLike[i]; i++) {
            changes.add(StepChange.of(a.get(i), null));
        }
    }
}
