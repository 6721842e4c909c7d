package io.deploytrace.query;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Times and texts as people read them. */
final class Spoken {

    private static final int LONGEST_LINE = 200;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern(
                    "EEE uuuu-MM-dd HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Spoken() {}

    /** The two largest units: {@code 3 d 4 h}, {@code 2 h 10 m}, {@code 11 m}, {@code 42 s}; never negative. */
    static String duration(Instant from, Instant to) {
        return duration(from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO);
    }

    /** As {@link #duration(Instant, Instant)}, of one that isn't negative. */
    static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return two(duration.toDays(), " d", duration.toHoursPart(), " h");
        }
        if (duration.toHours() > 0) {
            return two(duration.toHours(), " h", duration.toMinutesPart(), " m");
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " m" : duration.toSeconds() + " s";
    }

    private static String two(long large, String largeUnit, int small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }

    /** {@code 1,412}. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 14:30 UTC}, with the date if it is another day than now's. */
    static String time(Instant time, Instant now) {
        return (isSameDay(time, now) ? TIME : DATE_AND_TIME).format(time);
    }

    /** As {@link #time}, with the day of the week before a date: for times that people wait for. */
    static String dayAndTime(Instant time, Instant now) {
        return (isSameDay(time, now) ? TIME : DAY_AND_TIME).format(time);
    }

    /** {@code 09:00 to 17:10 UTC}, the earlier first; one time where both are said alike; with dates if they are of two days, or of another one than now. */
    static String times(Instant one, Instant other, Instant now) {
        var from = one.isBefore(other) ? one : other;
        var to = one.isBefore(other) ? other : one;
        var isOneDay = isSameDay(from, to);
        var first = isOneDay ? time(from, now) : DATE_AND_TIME.format(from);
        var last = (isOneDay ? TIME : DATE_AND_TIME).format(to);
        return first.endsWith(last) ? first : first.replace(" UTC", "") + " to " + last;
    }

    private static boolean isSameDay(Instant one, Instant other) {
        return one.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .equals(other.atOffset(ZoneOffset.UTC).toLocalDate());
    }

    /** The text on one line, without anything that could steer a terminal, cut at 200 characters. */
    static String line(String text) {
        var line = new StringBuilder();
        for (var i = 0; i < text.length() && line.length() < LONGEST_LINE; i++) {
            var c = text.charAt(i);
            var blank = Character.isWhitespace(c) || Character.isISOControl(c);
            if (!blank) {
                line.append(c);
            } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.length() < LONGEST_LINE ? line.toString().strip() : cut(line);
    }

    private static String cut(StringBuilder line) {
        var end = LONGEST_LINE - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** Whether each word of the part is in the text, in the plural or singular. */
    static boolean repeats(String text, String part) {
        return words(text).containsAll(words(part));
    }

    private static Set<String> words(String text) {
        return wordsInOrder(text).collect(Collectors.toSet());
    }

    private static Stream<String> wordsInOrder(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(word -> word.group().replaceFirst("(?<=\\p{L})s$", ""));
    }

    /** Whether the words of the part stand in the text one behind the other; a blank part is in every text. */
    static boolean quotes(String text, String part) {
        return part.isBlank() || spaced(text).contains(spaced(part));
    }

    private static String spaced(String text) {
        return wordsInOrder(text).collect(Collectors.joining(" ", " ", " "));
    }

    /** The text on one line, ending as a sentence does. */
    static String sentence(String text) {
        var line = line(text);
        return line.isEmpty() || ".!?…".indexOf(line.charAt(line.length() - 1)) >= 0 ? line : line + ".";
    }
}
