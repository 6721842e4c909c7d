package io.deploytrace.cli;

import io.deploytrace.span.Moment;
import io.deploytrace.store.TimeRange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say of which time traces are. */
final class TimeRangeOptions {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "First written then or later: 24h, 7d or 2026-11-22T09:00:00Z.")
    private @Nullable Moment since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "First written before then.")
    private @Nullable Moment until;

    /** What was asked for. */
    TimeRange range(Instant now) {
        return new TimeRange(since == null ? null : since.at(now), until == null ? null : until.at(now));
    }
}
