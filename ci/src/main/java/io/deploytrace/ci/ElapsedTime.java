package io.deploytrace.ci;

import io.deploytrace.span.DurationText;
import java.time.Duration;
import java.util.regex.Pattern;

/** How long a step took. Unlike other durations it may be nothing: shells count whole seconds, and a quick step takes none. */
public final class ElapsedTime {

    /** The longest: 50 years of 365 days, so that the step began after 1970, where OTLP's times begin. */
    public static final Duration LONGEST = Duration.ofDays(50 * 365);

    private static final Pattern NOTHING = Pattern.compile("0+(ms|s|m|h)");

    private ElapsedTime() {}

    /**
     * The time of a text, such as {@code 1m30s} or {@code 0s}.
     *
     * @param text the text; not null
     * @throws IllegalArgumentException if it is none, or longer than {@link #LONGEST}; the message says which
     */
    public static Duration parse(String text) {
        var elapsed = NOTHING.matcher(text).matches() ? Duration.ZERO : DurationText.parse(text);
        if (elapsed.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'" + text + "' is more than 50 years");
        }
        return elapsed;
    }
}
