package io.deploytrace.server.api;

import io.deploytrace.span.Moment;
import io.deploytrace.span.TextCheck;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SearchText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, each known and given once. Immutable. */
final class Parameters {

    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";
    static final String TEXT = "q";

    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
    private static final int DEFAULT_LIMIT = 50;
    private static final int LONGEST_SHOWN = 100;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final SortedMap<String, String> values;

    private Parameters(SortedMap<String, String> values) {
        this.values = values;
    }

    /**
     * The parameters of a query.
     *
     * @param known the names that there are
     * @throws ProblemException if one isn't known, is given twice or without a value
     */
    static Parameters of(Map<String, List<String>> query, List<String> known) {
        var values = new TreeMap<String, String>();
        query.forEach((name, all) -> {
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
            values.put(name, only(name, all));
        });
        return new Parameters(values);
    }

    private static ProblemException unknown(String name, List<String> known) {
        var there = known.isEmpty() ? "It has none." : "It has " + String.join(", ", known) + ".";
        return ProblemException.parameter(name, "This route has no parameter " + shown(name) + ". " + there, known);
    }

    private static String only(String name, List<String> values) {
        if (values.size() != 1) {
            throw invalid(name, "is given " + values.size() + " times, but may be given once");
        }
        var value = values.get(0);
        if (value.isEmpty()) {
            throw invalid(name, "is empty; leave it out, or give it a value");
        }
        if (TextCheck.firstUnstorable(value, 0) >= 0) {
            throw invalid(name, "must not contain the character U+0000, nor half of a surrogate pair");
        }
        return value;
    }

    static ProblemException invalid(String name, String fault) {
        return ProblemException.parameter(name, "The parameter " + name + " " + fault + ".", List.of());
    }

    /** The value in quotes, shortened. */
    static String shown(String value) {
        return "'" + (value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "…" : value) + "'";
    }

    /** The value; null if it isn't given. */
    @Nullable String text(String name) {
        return values.get(name);
    }

    /** The text to look for; null if it isn't given. */
    @Nullable String search() {
        var text = values.get(TEXT);
        if (text != null && text.length() > SearchText.MAXIMUM_LENGTH) {
            throw invalid(TEXT, "has more than " + SearchText.MAXIMUM_LENGTH + " characters");
        }
        return text;
    }

    /** The value that must be given. */
    String required(String name) {
        var value = values.get(name);
        if (value == null) {
            throw invalid(name, "is missing");
        }
        return value;
    }

    /** The trace id that must be given, in lower case. */
    String traceId(String name) {
        return traceId(name, required(name));
    }

    /** The value as a trace id, in lower case. */
    static String traceId(String name, String value) {
        var id = value.toLowerCase(Locale.ROOT);
        if (!TRACE_ID.matcher(id).matches()) {
            throw invalid(name, "must be 32 hex digits, but is " + shown(id));
        }
        return id;
    }

    /** The one that the value is the word of; null if it isn't given. */
    <E> @Nullable E oneOf(String name, E[] all, Function<E, String> wordOf) {
        var value = values.get(name);
        if (value == null) {
            return null;
        }
        return Arrays.stream(all)
                .filter(one -> wordOf.apply(one).equals(value))
                .findFirst()
                .orElseThrow(() ->
                        notOneOf(name, value, Arrays.stream(all).map(wordOf).toList()));
    }

    /** The same word, if it is that of one of them; null if it isn't given. */
    <E> @Nullable String word(String name, E[] all, Function<E, String> wordOf) {
        var one = oneOf(name, all, wordOf);
        return one == null ? null : wordOf.apply(one);
    }

    private static ProblemException notOneOf(String name, String value, List<String> words) {
        var detail = "The parameter " + name + " must be one of " + String.join(", ", words) + ", but is "
                + shown(value) + ".";
        return ProblemException.parameter(name, detail, words);
    }

    /** A whole number from 0; null if it isn't given. */
    @Nullable Integer number(String name) {
        return values.containsKey(name) ? number(name, 0, Integer.MAX_VALUE) : null;
    }

    private int number(String name, int least, int most) {
        var value = values.get(name);
        try {
            var number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notANumber(name, String.valueOf(value), least, most);
        }
        throw notANumber(name, String.valueOf(value), least, most);
    }

    private static ProblemException notANumber(String name, String value, int least, int most) {
        return invalid(name, "must be a whole number, " + least + " to " + most + ", but is " + shown(value));
    }

    /** How many entries are asked for. */
    int limit() {
        return values.containsKey(LIMIT) ? number(LIMIT, 1, PageRequest.MAXIMUM_LIMIT) : DEFAULT_LIMIT;
    }

    /** The time, seen from now; null if it isn't given. One before the year 1 is taken as its beginning. */
    @Nullable Instant time(String name, Instant now) {
        var value = values.get(name);
        if (value == null) {
            return null;
        }
        try {
            var time = Moment.parse(value).at(now);
            return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw invalid(
                    name,
                    "must be a duration such as 24h or 7d, which counts back from now, or a time such as"
                            + " 2026-11-22T09:00:00Z, but is " + shown(value));
        }
    }

    /** All that decides which entries there are, in the same words for the same parameters. */
    String filter() {
        return values.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals(LIMIT) && !entry.getKey().equals(CURSOR))
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\0"));
    }
}
