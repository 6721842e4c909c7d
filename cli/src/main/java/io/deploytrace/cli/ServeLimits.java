package io.deploytrace.cli;

import io.deploytrace.server.DeploytraceServerBuilder;
import io.deploytrace.server.ServerLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much a server takes upon itself. What isn't given stays at its default. */
final class ServeLimits {

    @Option(
            names = "--max-body-bytes",
            paramLabel = "BYTES",
            description =
                    "The most bytes of a request's body as it comes (DEPLOYTRACE_MAX_BODY_BYTES). By default 16 MiB.")
    private @Nullable Long bodyBytes;

    @Option(
            names = "--max-decompressed-bytes",
            paramLabel = "BYTES",
            description =
                    "The most bytes of a body once decompressed (DEPLOYTRACE_MAX_DECOMPRESSED_BYTES). By default 64 MiB.")
    private @Nullable Long decompressedBytes;

    @Option(
            names = "--max-requests-in-flight",
            paramLabel = "COUNT",
            description = "The most requests answered at once (DEPLOYTRACE_MAX_REQUESTS_IN_FLIGHT). By default 128.")
    private @Nullable Integer requestsInFlight;

    @Option(
            names = "--max-bytes-in-flight",
            paramLabel = "BYTES",
            description = "The most bytes of the bodies of all requests answered at once, as they come and decompressed"
                    + " (DEPLOYTRACE_MAX_BYTES_IN_FLIGHT). By default 256 MiB.")
    private @Nullable Long bytesInFlight;

    @Option(
            names = "--max-connections",
            paramLabel = "COUNT",
            description = "The most connections (DEPLOYTRACE_MAX_CONNECTIONS). By default 1,024.")
    private @Nullable Integer connections;

    @Option(
            names = "--max-header-bytes",
            paramLabel = "BYTES",
            description = "The most bytes of a request's headers (DEPLOYTRACE_MAX_HEADER_BYTES). By default 16 KiB.")
    private @Nullable Integer headerBytes;

    @Option(
            names = "--max-queue-bytes",
            paramLabel = "BYTES",
            description =
                    "The most that spans take in memory while they wait for the database (DEPLOYTRACE_MAX_QUEUE_BYTES)."
                            + " By default 128 MiB.")
    private @Nullable Long queueBytes;

    @Option(
            names = "--request-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long a request may take (DEPLOYTRACE_REQUEST_TIMEOUT). By default 30s.")
    private @Nullable Duration requestTimeout;

    @Option(
            names = "--idle-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "How long a connection may be idle, send headers slowly, or not read (DEPLOYTRACE_IDLE_TIMEOUT)."
                            + " By default 30s.")
    private @Nullable Duration idleTimeout;

    @Option(
            names = "--shutdown-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long requests in flight may take when the server stops (DEPLOYTRACE_SHUTDOWN_TIMEOUT)."
                    + " By default 20s.")
    private @Nullable Duration shutdownTimeout;

    /** Sets what was given. */
    void apply(DeploytraceServerBuilder server) {
        var defaults = ServerLimits.DEFAULTS;
        server.limits(new ServerLimits(
                or(bodyBytes, defaults.bodyBytes()),
                or(decompressedBytes, defaults.decompressedBytes()),
                or(requestsInFlight, defaults.requestsInFlight()),
                or(bytesInFlight, defaults.bytesInFlight()),
                or(connections, defaults.connections()),
                or(headerBytes, defaults.headerBytes()),
                or(queueBytes, defaults.queueBytes()),
                or(requestTimeout, defaults.requestTimeout()),
                or(idleTimeout, defaults.idleTimeout()),
                or(shutdownTimeout, defaults.shutdownTimeout())));
    }

    static <T> T or(@Nullable T given, T byDefault) {
        return given == null ? byDefault : given;
    }
}
