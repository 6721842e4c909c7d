package io.deploytrace.cli;

import io.deploytrace.ci.JobRecorder;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long something took. Unlike other durations it may be nothing: shells count whole seconds, and a quick step takes none. */
final class ElapsedConverter implements ITypeConverter<Duration> {

    private static final Pattern NOTHING = Pattern.compile("0+(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
        var elapsed = NOTHING.matcher(text).matches() ? Duration.ZERO : new DurationConverter().convert(text);
        if (elapsed.compareTo(JobRecorder.LONGEST_STEP) > 0) {
            throw new TypeConversionException("'" + text + "' is more than 50 years");
        }
        return elapsed;
    }
}
