package io.deploytrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Rounds of ours, each beside a round of a baseline.
 *
 * @param ours our rounds
 * @param baseline those of the baseline, in the same order
 */
record Comparison(List<Round> ours, List<Round> baseline) {

    /** A round of writing as many spans as every other. */
    @FunctionalInterface
    interface Writing {
        Round run() throws Exception;
    }

    /** Runs both in turn, after rounds that aren't counted; who is first changes from round to round. */
    static Comparison run(String name, Setting setting, Writing ours, Writing baseline) throws Exception {
        for (var round = 0; round < setting.warmUps(); round++) {
            ours.run();
            baseline.run();
        }
        var comparison = new Comparison(new ArrayList<>(), new ArrayList<>());
        for (var round = 0; round < setting.rounds(); round++) {
            if (round % 2 == 0) {
                comparison.ours.add(ours.run());
                comparison.baseline.add(baseline.run());
            } else {
                comparison.baseline.add(baseline.run());
                comparison.ours.add(ours.run());
            }
            Log.line(name + ": ours     " + comparison.ours.get(round));
            Log.line(name + ": baseline " + comparison.baseline.get(round));
        }
        return comparison;
    }

    /** A figure of ours over that of the baseline, round by round. */
    Spread ratio(ToDoubleFunction<Round> figure) {
        var ratios = new ArrayList<Double>();
        for (var round = 0; round < ours.size(); round++) {
            ratios.add(figure.applyAsDouble(ours.get(round)) / figure.applyAsDouble(baseline.get(round)));
        }
        return Spread.of(ratios);
    }

    /** A figure of ours. */
    Spread ours(ToDoubleFunction<Round> figure) {
        return Spread.of(ours.stream().map(figure::applyAsDouble).toList());
    }

    /** A figure of the baseline. */
    Spread baseline(ToDoubleFunction<Round> figure) {
        return Spread.of(baseline.stream().map(figure::applyAsDouble).toList());
    }
}
