package io.deploytrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the manual for CI jobs shows. */
final class CiManual {

    private static final Path FILE = Path.of("..", "docs", "ci.md");
    private static final String BLOCK = "^<!-- %s: (%s) -->\\R```%s\\R(.*?)^```$";

    private CiManual() {}

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The only block of this name. */
    static String block(String language, String name) {
        return only(Pattern.compile(
                BLOCK.formatted(language, Pattern.quote(name), language), Pattern.MULTILINE | Pattern.DOTALL));
    }

    /** What a shell shows, with the commands that were typed. */
    static String session(String name) {
        return only(Pattern.compile(
                BLOCK.formatted("session", Pattern.quote(name), "console"), Pattern.MULTILINE | Pattern.DOTALL));
    }

    private static String only(Pattern pattern) {
        var found =
                pattern.matcher(text()).results().map(match -> match.group(2)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " blocks like " + pattern + " in " + FILE);
        }
        return found.get(0);
    }

    /** The names of all blocks, of either kind. */
    static List<String> names() {
        return Pattern.compile("^<!-- (?:sh|session): ([^ ]+) -->$", Pattern.MULTILINE)
                .matcher(text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** How many blocks of code there are, named or not. */
    static long blocks() {
        return Pattern.compile("^```[a-z]*$", Pattern.MULTILINE)
                        .matcher(text())
                        .results()
                        .map(MatchResult::group)
                        .count()
                / 2;
    }
}
