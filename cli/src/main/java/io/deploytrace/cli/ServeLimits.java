package io.deploytrace.cli;

import io.deploytrace.server.DeploytraceServerBuilder;
import io.deploytrace.server.ServerLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much a server takes upon itself. */
final class ServeLimits {

    @Option(
            names = "--max-body-bytes",
            paramLabel = "BYTES",
            defaultValue = "16777216",
            description =
                    "The most bytes of a request's body as it comes (DEPLOYTRACE_MAX_BODY_BYTES). By default 16 MiB.")
    private long bodyBytes;

    @Option(
            names = "--max-decompressed-bytes",
            paramLabel = "BYTES",
            defaultValue = "67108864",
            description =
                    "The most bytes of a body once decompressed (DEPLOYTRACE_MAX_DECOMPRESSED_BYTES). By default 64 MiB.")
    private long decompressedBytes;

    @Option(
            names = "--max-requests-in-flight",
            paramLabel = "COUNT",
            defaultValue = "128",
            description =
                    "The most requests with spans answered at once (DEPLOYTRACE_MAX_REQUESTS_IN_FLIGHT). By default 128.")
    private int requestsInFlight;

    @Option(
            names = "--max-reads-in-flight",
            paramLabel = "COUNT",
            defaultValue = "64",
            description = "The most questions answered at once (DEPLOYTRACE_MAX_READS_IN_FLIGHT). By default 64.")
    private int readsInFlight;

    @Option(
            names = "--max-bytes-in-flight",
            paramLabel = "BYTES",
            defaultValue = "268435456",
            description =
                    "The most bytes of the bodies of all requests answered at once, as they come and decompressed,"
                            + " and 100 for each message in them (DEPLOYTRACE_MAX_BYTES_IN_FLIGHT). By default 256 MiB.")
    private long bytesInFlight;

    @Option(
            names = "--max-connections",
            paramLabel = "COUNT",
            defaultValue = "1024",
            description = "The most connections (DEPLOYTRACE_MAX_CONNECTIONS). By default 1,024.")
    private int connections;

    @Option(
            names = "--max-header-bytes",
            paramLabel = "BYTES",
            defaultValue = "16384",
            description = "The most bytes of a request's headers (DEPLOYTRACE_MAX_HEADER_BYTES). By default 16 KiB.")
    private int headerBytes;

    @Option(
            names = "--max-queue-bytes",
            paramLabel = "BYTES",
            defaultValue = "134217728",
            description =
                    "The most that spans take in memory while they wait for the database (DEPLOYTRACE_MAX_QUEUE_BYTES)."
                            + " By default 128 MiB.")
    private long queueBytes;

    @Option(
            names = "--request-timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long a request may take (DEPLOYTRACE_REQUEST_TIMEOUT). By default 30s.")
    private Duration requestTimeout;

    @Option(
            names = "--read-timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long the database may take to answer a question, or for each piece of a long answer"
                    + " (DEPLOYTRACE_READ_TIMEOUT). By default 10s.")
    private Duration readTimeout;

    @Option(
            names = "--idle-timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description =
                    "How long a connection may be idle, send headers slowly, or not read (DEPLOYTRACE_IDLE_TIMEOUT)."
                            + " By default 30s.")
    private Duration idleTimeout;

    @Option(
            names = "--shutdown-timeout",
            paramLabel = "DURATION",
            defaultValue = "20s",
            converter = DurationConverter.class,
            description = "How long requests in flight may take when the server stops (DEPLOYTRACE_SHUTDOWN_TIMEOUT)."
                    + " By default 20s.")
    private Duration shutdownTimeout;

    /** Sets them. */
    void apply(DeploytraceServerBuilder server) {
        server.limits(new ServerLimits(
                bodyBytes,
                decompressedBytes,
                requestsInFlight,
                readsInFlight,
                bytesInFlight,
                connections,
                headerBytes,
                queueBytes,
                requestTimeout,
                readTimeout,
                idleTimeout,
                shutdownTimeout));
    }
}
