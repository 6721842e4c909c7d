package io.deploytrace.store;

import io.deploytrace.span.TextCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that is looked for within others, whatever the case of its letters, in every language: two letters are the same if
 * their upper case is, or the lower case of that. Every character means itself. Immutable.
 *
 * <p>It is a regular expression that names each letter in all its cases, so that every store finds the same, whatever the
 * locale of its process or database.
 */
public final class SearchText {

    /** The most characters (UTF-16 units). */
    public static final int MAXIMUM_LENGTH = 200;

    private final String expression;
    private final Pattern pattern;

    private SearchText(String expression) {
        this.expression = expression;
        this.pattern = Pattern.compile(expression);
    }

    /**
     * The text to look for.
     *
     * @throws IllegalArgumentException if it is empty, has more than {@value #MAXIMUM_LENGTH} characters, or has a NUL or half
     *     of a surrogate pair, which no store holds
     */
    public static SearchText of(String text) {
        Objects.requireNonNull(text, "text");
        if (text.isEmpty() || text.length() > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "The text to look for must have 1 to " + MAXIMUM_LENGTH + " characters, but has " + text.length());
        }
        if (TextCheck.firstUnstorable(text, 0) >= 0) {
            throw new IllegalArgumentException(
                    "The text to look for must have no NUL and no half of a surrogate pair: no stored text has");
        }
        var expression = new StringBuilder();
        text.codePoints().forEach(character -> append(expression, character));
        return new SearchText(expression.toString());
    }

    private static void append(StringBuilder expression, int character) {
        var cases = Cases.of(character);
        if (!cases.isEmpty()) {
            expression.append('[');
            cases.forEach(expression::appendCodePoint);
            expression.append(']');
            return;
        }
        var isPlain = character > '~' || Character.isLetterOrDigit(character);
        expression.append(isPlain ? "" : "\\").appendCodePoint(character);
    }

    /** Whether the other text contains this one; null contains none. */
    public boolean isIn(@Nullable String other) {
        return other != null && pattern.matcher(other).find();
    }

    /** Whether the other text begins with this one. */
    public boolean begins(String other) {
        return pattern.matcher(other).lookingAt();
    }

    /**
     * It as a regular expression that matches wherever the text stands; of brackets and escapes alone, which PostgreSQL and Java
     * understand alike.
     */
    public String expression() {
        return expression;
    }

    /** The letters that are the same but for their case. */
    private static final class Cases {

        /** Beyond it no script has cases. */
        private static final int LAST = 0x1FFFF;

        private static final Map<Integer, List<Integer>> BY_FOLDED = byFolded();

        private static Map<Integer, List<Integer>> byFolded() {
            Map<Integer, List<Integer>> cases = new HashMap<>();
            for (var character = 1; character <= LAST; character++) {
                var folded = folded(character);
                if (folded != character) {
                    cases.computeIfAbsent(folded, first -> new ArrayList<>(List.of(first)))
                            .add(character);
                }
            }
            return cases;
        }

        private static int folded(int character) {
            return Character.toLowerCase(Character.toUpperCase(character));
        }

        /** All cases of the character; empty if it has but one. */
        static List<Integer> of(int character) {
            return BY_FOLDED.getOrDefault(folded(character), List.of());
        }
    }
}
