package io.deploytrace.server;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How much a server takes upon itself. Immutable; begin with {@link #DEFAULTS} and change what is to differ.
 *
 * @param bodyBytes the most bytes of a body as it comes, compressed or not; 1,024 to 1,073,741,824, default 16,777,216 (16 MiB)
 * @param decompressedBytes the most bytes of a body that came compressed; 1,024 to 1,073,741,824, default 67,108,864 (64 MiB)
 * @param requestsInFlight the most requests with spans that are answered at once; 1 to 100,000, default 128
 * @param readsInFlight the most questions that are answered at once; 1 to 100,000, default 64
 * @param bytesInFlight the most bytes that the bodies of all these requests take, as they come and decompressed, and 100 for each message
 *     in them; 1,048,576 to 1,099,511,627,776, default 268,435,456 (256 MiB)
 * @param connections the most connections; 1 to 1,000,000, default 1,024
 * @param headerBytes the most bytes of a request's headers; 1,024 to 1,048,576, default 16,384 (16 KiB)
 * @param queueBytes the most that spans may take in memory while they wait for the store, in the buffer's estimated bytes;
 *     1,048,576 to 1,099,511,627,776, default 134,217,728 (128 MiB)
 * @param requestTimeout how long a request may take, from its headers to the end of its answer; 100 milliseconds to an hour, default 30
 *     seconds
 * @param readTimeout how long the store may take to answer a question, or for each piece of a long answer; 100
 *     milliseconds to an hour, default 10 seconds
 * @param idleTimeout how long a connection may be without a request, headers that come slowly included, and how long a client
 *     may take to read; 100 milliseconds to an hour, default 30 seconds
 * @param shutdownTimeout how long requests in flight may take when the server stops; 100 milliseconds to an hour, default 20
 *     seconds
 */
public record ServerLimits(
        long bodyBytes,
        long decompressedBytes,
        int requestsInFlight,
        int readsInFlight,
        long bytesInFlight,
        int connections,
        int headerBytes,
        long queueBytes,
        Duration requestTimeout,
        Duration readTimeout,
        Duration idleTimeout,
        Duration shutdownTimeout) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** The defaults. */
    public static final ServerLimits DEFAULTS = new ServerLimits(
            16 << 20,
            64 << 20,
            128,
            64,
            256 << 20,
            1_024,
            16 << 10,
            128 << 20,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20));

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is outside its range; the message names it
     */
    public ServerLimits {
        check("bodyBytes", bodyBytes, 1_024, 1 << 30);
        check("decompressedBytes", decompressedBytes, 1_024, 1 << 30);
        check("requestsInFlight", requestsInFlight, 1, 100_000);
        check("readsInFlight", readsInFlight, 1, 100_000);
        check("bytesInFlight", bytesInFlight, 1 << 20, 1L << 40);
        check("connections", connections, 1, 1_000_000);
        check("headerBytes", headerBytes, 1_024, 1 << 20);
        check("queueBytes", queueBytes, 1 << 20, 1L << 40);
        check("requestTimeout", requestTimeout);
        check("readTimeout", readTimeout);
        check("idleTimeout", idleTimeout);
        check("shutdownTimeout", shutdownTimeout);
    }

    private static <T extends Comparable<T>> void check(String name, T value, T least, T most) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s must be %s to %s, but is %s".formatted(name, least, most, value));
        }
    }

    private static void check(String name, long value, long least, long most) {
        check(name, Long.valueOf(value), Long.valueOf(least), Long.valueOf(most));
    }

    private static void check(String name, Duration value) {
        check(name, value, SHORTEST, LONGEST);
    }

    /** The same with this {@link #bodyBytes()}. */
    public ServerLimits withBodyBytes(long limit) {
        return with(change -> change.bodyBytes = limit);
    }

    /** The same with this {@link #decompressedBytes()}. */
    public ServerLimits withDecompressedBytes(long limit) {
        return with(change -> change.decompressedBytes = limit);
    }

    /** The same with this {@link #requestsInFlight()}. */
    public ServerLimits withRequestsInFlight(int limit) {
        return with(change -> change.requestsInFlight = limit);
    }

    /** The same with this {@link #readsInFlight()}. */
    public ServerLimits withReadsInFlight(int limit) {
        return with(change -> change.readsInFlight = limit);
    }

    /** The same with this {@link #bytesInFlight()}. */
    public ServerLimits withBytesInFlight(long limit) {
        return with(change -> change.bytesInFlight = limit);
    }

    /** The same with this {@link #connections()}. */
    public ServerLimits withConnections(int limit) {
        return with(change -> change.connections = limit);
    }

    /** The same with this {@link #headerBytes()}. */
    public ServerLimits withHeaderBytes(int limit) {
        return with(change -> change.headerBytes = limit);
    }

    /** The same with this {@link #queueBytes()}. */
    public ServerLimits withQueueBytes(long limit) {
        return with(change -> change.queueBytes = limit);
    }

    /** The same with this {@link #requestTimeout()}. */
    public ServerLimits withRequestTimeout(Duration limit) {
        return with(change -> change.requestTimeout = limit);
    }

    /** The same with this {@link #readTimeout()}. */
    public ServerLimits withReadTimeout(Duration limit) {
        return with(change -> change.readTimeout = limit);
    }

    /** The same with this {@link #idleTimeout()}. */
    public ServerLimits withIdleTimeout(Duration limit) {
        return with(change -> change.idleTimeout = limit);
    }

    /** The same with this {@link #shutdownTimeout()}. */
    public ServerLimits withShutdownTimeout(Duration limit) {
        return with(change -> change.shutdownTimeout = limit);
    }

    private ServerLimits with(Consumer<Change> change) {
        var changed = new Change(this);
        change.accept(changed);
        return changed.limits();
    }

    /** The limits one by one, so that each copy names the one that differs and no other. */
    private static final class Change {

        private long bodyBytes;
        private long decompressedBytes;
        private int requestsInFlight;
        private int readsInFlight;
        private long bytesInFlight;
        private int connections;
        private int headerBytes;
        private long queueBytes;
        private Duration requestTimeout;
        private Duration readTimeout;
        private Duration idleTimeout;
        private Duration shutdownTimeout;

        Change(ServerLimits limits) {
            bodyBytes = limits.bodyBytes;
            decompressedBytes = limits.decompressedBytes;
            requestsInFlight = limits.requestsInFlight;
            readsInFlight = limits.readsInFlight;
            bytesInFlight = limits.bytesInFlight;
            connections = limits.connections;
            headerBytes = limits.headerBytes;
            queueBytes = limits.queueBytes;
            requestTimeout = limits.requestTimeout;
            readTimeout = limits.readTimeout;
            idleTimeout = limits.idleTimeout;
            shutdownTimeout = limits.shutdownTimeout;
        }

        ServerLimits limits() {
            return new ServerLimits(
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
                    shutdownTimeout);
        }
    }
}
