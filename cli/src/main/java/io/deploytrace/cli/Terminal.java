package io.deploytrace.cli;

import java.io.Console;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the program may expect of the terminal it writes to.
 *
 * @param input whether standard input is a terminal, so that a question can be asked
 * @param output whether standard output is a terminal
 * @param error whether standard error is a terminal, so that progress can be shown on it
 * @param colour whether to colour what goes to standard output
 * @param width the columns of a line; {@value #DEFAULT_WIDTH} when it isn't known
 */
record Terminal(boolean input, boolean output, boolean error, boolean colour, int width) {

    static final int DEFAULT_WIDTH = 100;

    /** The descriptors (0, 1, 2) that are terminals, as the launcher found them: Java can't tell them apart. */
    private static final String DESCRIPTORS_PROPERTY = "deploytrace.terminal";

    private static final String COLUMNS_PROPERTY = "deploytrace.columns";

    /** No terminal at all. */
    static Terminal none() {
        return new Terminal(false, false, false, false, DEFAULT_WIDTH);
    }

    /** The terminal of this process. */
    static Terminal ofProcess(Map<String, String> variables) {
        var descriptors = System.getProperty(DESCRIPTORS_PROPERTY);
        if (descriptors == null) {
            descriptors = isConsole(System.console()) ? "012" : "";
        }
        var output = descriptors.contains("1");
        return new Terminal(
                descriptors.contains("0"),
                output,
                descriptors.contains("2"),
                output && wantsColour(variables),
                width(System.getProperty(COLUMNS_PROPERTY), variables.get("COLUMNS")));
    }

    /** Whether there is one at all. */
    boolean any() {
        return input || output || error;
    }

    static boolean wantsColour(Map<String, String> variables) {
        return variables.getOrDefault("NO_COLOR", "").isEmpty()
                && !variables.getOrDefault("TERM", "dumb").equals("dumb");
    }

    static int width(@Nullable String... candidates) {
        for (var candidate : candidates) {
            var columns = parse(candidate);
            if (columns.isPresent()) {
                return columns.get();
            }
        }
        return DEFAULT_WIDTH;
    }

    private static Optional<Integer> parse(@Nullable String columns) {
        return columns != null && columns.matches("[1-9][0-9]{0,3}")
                ? Optional.of(Integer.valueOf(columns))
                : Optional.empty();
    }

    /** From JDK 22 on there is a console also without a terminal, and a method that tells. */
    private static boolean isConsole(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
