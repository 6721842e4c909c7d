package io.deploytrace.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/**
 * A figure over several rounds.
 *
 * @param median the one in the middle
 * @param least the smallest
 * @param most the greatest
 */
record Spread(double median, double least, double most) {

    static Spread of(Collection<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("values is empty");
        }
        return new Spread(middle(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    static Spread of(double value) {
        return new Spread(value, value, value);
    }

    private static double middle(double[] sorted) {
        var half = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[half]
                : Arrays.stream(sorted, half - 1, half + 1).average().orElseThrow();
    }
}
