package io.deploytrace.query;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that were probably meant. */
public final class SimilarNames {

    private static final int FEWEST_CHANGES = 2;

    private SimilarNames() {}

    /**
     * The names that are like a text, the most alike first: those that go on where the text ends, and those to which few changes of single
     * characters lead, at most a third of the name's length or 2, whatever the case of letters.
     *
     * @param limit the most names
     */
    public static List<String> to(String text, Collection<String> names, int limit) {
        return names.stream()
                .filter(name -> isLike(text, name))
                .sorted(Comparator.comparingInt((String name) -> changes(text, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .toList();
    }

    private static boolean isLike(String text, String name) {
        var few = Math.max(FEWEST_CHANGES, name.length() / 3);
        return name.startsWith(text) || (Math.abs(name.length() - text.length()) <= few && changes(text, name) <= few);
    }

    /** Levenshtein's distance. */
    private static int changes(String text, String name) {
        var from = text.toLowerCase(Locale.ROOT);
        var to = name.toLowerCase(Locale.ROOT);
        var row = new int[to.length() + 1];
        for (var column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (var line = 1; line <= from.length(); line++) {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= to.length(); column++) {
                var replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column - 1], diagonal));
            }
        }
        return row[to.length()];
    }
}
