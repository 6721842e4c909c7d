package io.deploytrace.benchmarks;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param name what was measured, with its unit unless it is a ratio
 * @param measured what came out
 * @param goal the goal in words, such as {@code at least 1.35}; {@code none} if the figure is only reported
 * @param isMet whether it was reached
 */
record Figure(String name, Spread measured, String goal, boolean isMet) {

    static Figure atLeast(String name, double goal, Spread measured) {
        return new Figure(name, measured, "at least " + number(goal), measured.median() >= goal);
    }

    static Figure atMost(String name, double goal, Spread measured) {
        return new Figure(name, measured, "at most " + number(goal), measured.median() <= goal);
    }

    static Figure reported(String name, Spread measured) {
        return new Figure(name, measured, "none", true);
    }

    /** Name, measured, goal, and whether it was reached. */
    String line() {
        return String.join("\t", name, number(measured.median()), goal, isMet ? "ok" : "short");
    }

    /** The same as a row of the table in the documentation, with the spread. */
    String markdown() {
        return "| %s | %s | %s to %s | %s | %s |"
                .formatted(
                        name,
                        number(measured.median()),
                        number(measured.least()),
                        number(measured.most()),
                        goal,
                        isMet ? "ok" : "short");
    }

    private static String number(double value) {
        var digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
