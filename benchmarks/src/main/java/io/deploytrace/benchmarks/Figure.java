package io.deploytrace.benchmarks;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param name what was measured, with its unit unless it is a ratio
 * @param measured what came out
 * @param goal the goal in words, such as {@code at least 1.35}; {@code none} if the figure is only reported
 * @param verdict {@code ok}, {@code short} of the goal, or {@code unjudged}
 */
record Figure(String name, Spread measured, String goal, String verdict) {

    private static final String UNJUDGED = "unjudged";

    static Figure atLeast(String name, double goal, Spread measured) {
        return new Figure(name, measured, "at least " + number(goal), verdict(measured, measured.median() >= goal));
    }

    static Figure atMost(String name, double goal, Spread measured) {
        return new Figure(name, measured, "at most " + number(goal), verdict(measured, measured.median() <= goal));
    }

    static Figure reported(String name, Spread measured) {
        return new Figure(name, measured, "none", verdict(measured, true));
    }

    /** What took no time that the clock shows can't be divided by, and says nothing. */
    private static String verdict(Spread measured, boolean isMet) {
        if (!Double.isFinite(measured.median())) {
            return UNJUDGED;
        }
        return isMet ? "ok" : "short";
    }

    /** The same of a run too short to say anything. */
    Figure unjudged() {
        return new Figure(name, measured, goal, UNJUDGED);
    }

    /** Name, measured, goal, and the verdict. */
    String line() {
        return String.join("\t", name, number(measured.median()), goal, verdict);
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
                        verdict);
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "unknown";
        }
        var digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
