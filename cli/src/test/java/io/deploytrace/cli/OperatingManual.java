package io.deploytrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the manual for operators shows, to be run exactly as it is printed: blocks below {@code <!-- LANGUAGE: NAME -->}. */
final class OperatingManual {

    private static final Path FILE = Path.of("..", "docs", "operating.md");

    /** A statement ends where a line does. */
    private static final Pattern END_OF_STATEMENT = Pattern.compile("(?<=;)\\s*\\R");

    private OperatingManual() {}

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The only block of this name. */
    static String block(String language, String name) {
        var pattern = Pattern.compile(
                "^<!-- " + language + ": " + name + " -->\\R```" + language + "\\R(.*?)^```$",
                Pattern.MULTILINE | Pattern.DOTALL);
        var found = pattern.matcher(text()).results().toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " blocks of " + language + " named " + name + " in " + FILE);
        }
        return found.get(0).group(1);
    }

    /** The statements of a block of SQL. */
    static List<String> statements(String name) {
        var statements = new ArrayList<String>();
        for (var statement : END_OF_STATEMENT.split(block("sql", name), -1)) {
            if (!statement.isBlank()) {
                statements.add(statement);
            }
        }
        return statements;
    }
}
