package io.deploytrace.cli;

import io.deploytrace.server.DeploytraceServerBuilder;
import io.deploytrace.server.EventLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much a server takes upon itself for those who listen to changes. */
final class ServeEventLimits {

    @Option(
            names = "--events-interval",
            paramLabel = "DURATION",
            defaultValue = "500ms",
            converter = DurationConverter.class,
            description = "How often the database is asked what changed, while anyone listens"
                    + " (DEPLOYTRACE_EVENTS_INTERVAL). By default 500ms.")
    private Duration interval;

    @Option(
            names = "--max-event-streams",
            paramLabel = "COUNT",
            defaultValue = "256",
            description = "The most streams of events at once (DEPLOYTRACE_MAX_EVENT_STREAMS). By default 256.")
    private int streams;

    @Option(
            names = "--max-event-streams-per-key",
            paramLabel = "COUNT",
            defaultValue = "64",
            description = "The most of one key (DEPLOYTRACE_MAX_EVENT_STREAMS_PER_KEY). By default 64.")
    private int streamsPerKey;

    @Option(
            names = "--max-event-buffer-bytes",
            paramLabel = "BYTES",
            defaultValue = "1048576",
            description = "The most bytes of events that wait for one client that reads slowly"
                    + " (DEPLOYTRACE_MAX_EVENT_BUFFER_BYTES). By default 1 MiB.")
    private int bufferBytes;

    /** Sets them. */
    void apply(DeploytraceServerBuilder server) {
        server.eventLimits(new EventLimits(interval, streams, streamsPerKey, bufferBytes));
    }
}
