package io.deploytrace.query;

import io.deploytrace.query.ComparedStep.NameKey;
import io.deploytrace.query.ComparedStep.RuleKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds for each step of a trace its like in another, as {@link Diff} states it. Linear in the number of steps.
 */
final class StepMatches {

    static final int NONE = -1;

    private final List<ComparedStep> a;
    private final List<ComparedStep> b;
    private final int[] likeOfB;
    private final boolean[] isTaken;

    private StepMatches(List<ComparedStep> a, List<ComparedStep> b) {
        this.a = a;
        this.b = b;
        this.likeOfB = new int[b.size()];
        this.isTaken = new boolean[a.size()];
        Arrays.fill(likeOfB, NONE);
    }

    /** For each step of b the index of its like in a, or {@link #NONE}. */
    static int[] find(List<ComparedStep> a, List<ComparedStep> b) {
        var matches = new StepMatches(a, b);
        matches.byRule();
        matches.byName(ComparedStep::nameKey);
        matches.byName(ComparedStep::looseKey);
        return matches.likeOfB;
    }

    private void byRule() {
        Map<RuleKey, Queue<Integer>> left = new HashMap<>();
        for (var i = 0; i < a.size(); i++) {
            var key = ruleKey(a.get(i));
            if (key != null) {
                left.computeIfAbsent(key, first -> new ArrayDeque<>()).add(i);
            }
        }
        for (var i = 0; i < b.size(); i++) {
            var key = ruleKey(b.get(i));
            var like = key == null ? null : left.get(key);
            take(i, like == null ? null : like.poll());
        }
    }

    private static @Nullable RuleKey ruleKey(ComparedStep step) {
        var rule = step.rule();
        return rule == null ? null : new RuleKey(step.kind(), step.isLinked(), rule);
    }

    private void take(int indexOfB, @Nullable Integer indexOfA) {
        if (indexOfA != null) {
            likeOfB[indexOfB] = indexOfA;
            isTaken[indexOfA] = true;
        }
    }

    /** Steps of one name that are left; those of two rules are never alike. */
    private record Left(Queue<Integer> withRule, Queue<Integer> withoutRule) {

        Left() {
            this(new ArrayDeque<>(), new ArrayDeque<>());
        }

        @Nullable Integer pollFor(boolean hasRule) {
            var first = withoutRule.peek();
            var ruled = hasRule ? null : withRule.peek();
            return ruled == null || (first != null && first < ruled) ? withoutRule.poll() : withRule.poll();
        }
    }

    /** By the key of a step; one without isn't matched. */
    private void byName(Function<ComparedStep, @Nullable NameKey> keyOf) {
        Map<NameKey, Left> left = new HashMap<>();
        for (var i = 0; i < a.size(); i++) {
            var key = isTaken[i] ? null : keyOf.apply(a.get(i));
            if (key != null) {
                var like = left.computeIfAbsent(key, first -> new Left());
                (a.get(i).rule() == null ? like.withoutRule : like.withRule).add(i);
            }
        }
        for (var i = 0; i < b.size(); i++) {
            var key = likeOfB[i] == NONE ? keyOf.apply(b.get(i)) : null;
            var like = key == null ? null : left.get(key);
            take(i, like == null ? null : like.pollFor(b.get(i).rule() != null));
        }
    }
}
