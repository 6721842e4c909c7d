package io.deploytrace.remote;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;

/**
 * Writes spans to a Deploytrace server, for programs without a connection to its database. What a store reads there afterwards is
 * equal to what was written here, but for values that the server masks because their keys look like those of secrets.
 *
 * <p>A call is one request of OpenTelemetry's protocol (OTLP over HTTP, in protobuf) to {@code /v1/traces} below the server's
 * address. It asks the server to store all spans or none, and returns once they are committed. A call is never split, because
 * it is atomic; one that is too large for a request is refused. Spans are checked first as by every store ({@link SpanBatch}), and
 * what is refused then isn't sent. OpenTelemetry's protocol can't say all the times that a store can: spans that start or end, or have
 * an event, before {@link #EARLIEST_TIME} or after {@link #LATEST_TIME} are refused too
 * ({@link io.deploytrace.store.SpanStoreException.Reason#INVALID_SPAN}).
 *
 * <p>The deadline bounds a call with everything in it: connecting, sending, and waiting for the answer. An interrupt of the
 * thread doesn't end the call and is kept. Nothing is ever sent twice: a call that failed is the caller's to repeat, which is
 * safe. A {@code BufferedSpanWriter} in front does so. Failures have these reasons:
 *
 * <ul>
 *   <li>{@code INVALID_SPAN}, {@code UNKNOWN_WORKSPACE}, {@code CONFLICT}: as from a store. A workspace that the key isn't good for is
 *       unknown. A request that is larger than the server takes is {@code INVALID_SPAN}.
 *   <li>{@code UNAVAILABLE}: the server can't be reached, its answer didn't come, or it is without its database (status 408, 502, 503,
 *       504). How long the server asks to be left alone ({@code Retry-After}) is in the message.
 *   <li>{@code OVERLOADED}: the server has too much to do (status 429). The message says for how long, as well.
 *   <li>{@code NOT_READY}: something is to be set right first. The key isn't accepted or may not write, the certificate isn't
 *       trusted, or what answers at the address is something else: a proxy, a collector.
 *   <li>{@code DEADLINE_PASSED}, {@code OTHER}.
 * </ul>
 *
 * <p>Messages name the server and never the key. Holds nothing that must be closed. Safe for use by several threads; each call in flight
 * uses a connection of its own (HTTP/1.1), unless a {@linkplain RemoteSpanWriterBuilder#httpClient client} says otherwise.
 */
public final class RemoteSpanWriter implements SpanWriter {

    /** The first time that can be written: the first nanosecond of 1970, where zero stands for no time. */
    public static final Instant EARLIEST_TIME = Instant.EPOCH.plusNanos(1);

    /** The last time that can be written: what 64 bits of nanoseconds can count. */
    public static final Instant LATEST_TIME = Instant.parse("2554-07-21T23:34:33.709551615Z");

    private final ServerAddress server;
    private final Transport transport;
    private final Answers answers;
    private final int maximumRequestBytes;
    private final boolean compression;

    RemoteSpanWriter(ServerAddress server, Transport transport, int maximumRequestBytes, boolean compression) {
        this.server = server;
        this.transport = transport;
        this.answers = new Answers(server);
        this.maximumRequestBytes = maximumRequestBytes;
        this.compression = compression;
    }

    /**
     * A builder of a writer to the server at an address such as {@code https://deploytrace.example.com:8090}, or with a path if a proxy in front
     * of the server gives it one.
     *
     * @throws IllegalArgumentException if the address isn't of http or https, names no host, or has a user, a query, or
     *     {@code /v1/traces} at its end
     */
    public static RemoteSpanWriterBuilder builder(URI server) {
        return new RemoteSpanWriterBuilder(ServerAddress.of(server));
    }

    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        var batch = SpanBatch.of(spans);
        if (batch.isEmpty()) {
            return WriteResult.NOTHING;
        }
        var body = RequestBody.of(batch, maximumRequestBytes, compression);
        var answer = transport.post(body, deadline);
        return answers.read(answer, batch.spans().size());
    }

    /** Names the server, and not the key. */
    @Override
    public String toString() {
        return "RemoteSpanWriter[" + server + "]";
    }
}
