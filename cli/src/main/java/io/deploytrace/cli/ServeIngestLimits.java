package io.deploytrace.cli;

import io.deploytrace.server.DeploytraceServerBuilder;
import io.deploytrace.server.ingest.IngestLimits;
import picocli.CommandLine.Option;

/** How much one request, and one span, may hold. */
final class ServeIngestLimits {

    @Option(
            names = "--max-spans-per-request",
            paramLabel = "COUNT",
            defaultValue = "10000",
            description = "The most spans of a request (DEPLOYTRACE_MAX_SPANS_PER_REQUEST). By default 10,000.")
    private int spansPerRequest;

    @Option(
            names = "--max-attributes-per-span",
            paramLabel = "COUNT",
            defaultValue = "512",
            description = "The most attributes of a span (DEPLOYTRACE_MAX_ATTRIBUTES_PER_SPAN). By default 512.")
    private int attributesPerSpan;

    @Option(
            names = "--max-events-per-span",
            paramLabel = "COUNT",
            defaultValue = "1000",
            description = "The most events of a span (DEPLOYTRACE_MAX_EVENTS_PER_SPAN). By default 1,000.")
    private int eventsPerSpan;

    @Option(
            names = "--max-links-per-span",
            paramLabel = "COUNT",
            defaultValue = "128",
            description = "The most links of a span (DEPLOYTRACE_MAX_LINKS_PER_SPAN). By default 128.")
    private int linksPerSpan;

    @Option(
            names = "--max-attributes-per-event",
            paramLabel = "COUNT",
            defaultValue = "128",
            description = "The most attributes of an event and of a link (DEPLOYTRACE_MAX_ATTRIBUTES_PER_EVENT)."
                    + " By default 128.")
    private int attributesPerEvent;

    @Option(
            names = "--max-value-length",
            paramLabel = "COUNT",
            defaultValue = "1048576",
            description =
                    "The most characters of a name, a key or a text (DEPLOYTRACE_MAX_VALUE_LENGTH). By default 1,048,576.")
    private int valueLength;

    @Option(
            names = "--max-nesting",
            paramLabel = "LEVELS",
            defaultValue = "64",
            description =
                    "The most levels of lists and maps within an attribute (DEPLOYTRACE_MAX_NESTING). By default 64.")
    private int nesting;

    @Option(
            names = "--max-request-size",
            paramLabel = "BYTES",
            defaultValue = "67108864",
            description = "The most memory that the spans of a request take, estimated (DEPLOYTRACE_MAX_REQUEST_SIZE)."
                    + " By default 64 MiB.")
    private int requestSize;

    /** Sets them. */
    void apply(DeploytraceServerBuilder server) {
        server.ingestLimits(new IngestLimits(
                spansPerRequest,
                attributesPerSpan,
                eventsPerSpan,
                linksPerSpan,
                attributesPerEvent,
                valueLength,
                nesting,
                requestSize));
    }
}
