package io.deploytrace.cli;

import io.deploytrace.ci.ElapsedTime;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long something took. */
final class ElapsedConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return ElapsedTime.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
