package io.deploytrace.cli;

import io.deploytrace.server.DeploytraceServerBuilder;
import io.deploytrace.server.ingest.IngestLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much one request, and one span, may hold. What isn't given stays at its default. */
final class ServeIngestLimits {

    @Option(
            names = "--max-spans-per-request",
            paramLabel = "COUNT",
            description = "The most spans of a request (DEPLOYTRACE_MAX_SPANS_PER_REQUEST). By default 10,000.")
    private @Nullable Integer spansPerRequest;

    @Option(
            names = "--max-attributes-per-span",
            paramLabel = "COUNT",
            description = "The most attributes of a span (DEPLOYTRACE_MAX_ATTRIBUTES_PER_SPAN). By default 512.")
    private @Nullable Integer attributesPerSpan;

    @Option(
            names = "--max-events-per-span",
            paramLabel = "COUNT",
            description = "The most events of a span (DEPLOYTRACE_MAX_EVENTS_PER_SPAN). By default 1,000.")
    private @Nullable Integer eventsPerSpan;

    @Option(
            names = "--max-links-per-span",
            paramLabel = "COUNT",
            description = "The most links of a span (DEPLOYTRACE_MAX_LINKS_PER_SPAN). By default 128.")
    private @Nullable Integer linksPerSpan;

    @Option(
            names = "--max-attributes-per-event",
            paramLabel = "COUNT",
            description = "The most attributes of an event and of a link (DEPLOYTRACE_MAX_ATTRIBUTES_PER_EVENT)."
                    + " By default 128.")
    private @Nullable Integer attributesPerEvent;

    @Option(
            names = "--max-value-length",
            paramLabel = "COUNT",
            description =
                    "The most characters of a name, a key or a text (DEPLOYTRACE_MAX_VALUE_LENGTH). By default 1,048,576.")
    private @Nullable Integer valueLength;

    @Option(
            names = "--max-nesting",
            paramLabel = "LEVELS",
            description =
                    "The most levels of lists and maps within an attribute (DEPLOYTRACE_MAX_NESTING). By default 64.")
    private @Nullable Integer nesting;

    @Option(
            names = "--max-request-size",
            paramLabel = "BYTES",
            description = "The most memory that the spans of a request take, estimated (DEPLOYTRACE_MAX_REQUEST_SIZE)."
                    + " By default 64 MiB.")
    private @Nullable Integer requestSize;

    /** Sets what was given. */
    void apply(DeploytraceServerBuilder server) {
        var defaults = IngestLimits.DEFAULTS;
        server.ingestLimits(new IngestLimits(
                ServeLimits.or(spansPerRequest, defaults.spansPerRequest()),
                ServeLimits.or(attributesPerSpan, defaults.attributesPerSpan()),
                ServeLimits.or(eventsPerSpan, defaults.eventsPerSpan()),
                ServeLimits.or(linksPerSpan, defaults.linksPerSpan()),
                ServeLimits.or(attributesPerEvent, defaults.attributesPerEvent()),
                ServeLimits.or(valueLength, defaults.valueLength()),
                ServeLimits.or(nesting, defaults.nesting()),
                ServeLimits.or(requestSize, defaults.requestSize())));
    }
}
