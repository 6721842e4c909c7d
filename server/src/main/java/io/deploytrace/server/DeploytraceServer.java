package io.deploytrace.server;

import com.linecorp.armeria.server.Server;
import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.buffer.WhenFull;
import io.deploytrace.server.ingest.Ingest;
import io.deploytrace.server.ingest.SpanIngest;
import io.deploytrace.store.SpanWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server: takes spans by OTLP over gRPC and HTTP on one port and gives them to a writer, through a buffer that groups concurrent
 * requests. What it acknowledged is committed. Safe for use by several threads.
 */
public final class DeploytraceServer implements AutoCloseable {

    private final BufferedSpanWriter buffer;
    private final List<SharedWork> works;
    private final Server server;
    private final String host;
    private final String address;
    private final boolean tls;
    private final AtomicBoolean stopping = new AtomicBoolean();

    DeploytraceServer(DeploytraceServerBuilder settings) {
        var metrics = new ServerMetrics();
        var bufferMeters = new BufferMeters(metrics.registry());
        buffer = BufferedSpanWriter.builder(settings.writer)
                .queueBytes(settings.limits.queueBytes())
                .whenFull(WhenFull.refuse())
                .listener(bufferMeters)
                .build();
        bufferMeters.watch(buffer::metrics);
        host = settings.host;
        address = bracketed(host) + ":" + settings.port;
        tls = settings.certificate != null;
        works = works(settings, metrics);
        try {
            settings.meters.accept(metrics.registry());
            server = new Assembly(settings, metrics, ingest(settings, metrics), this::isStopping).server();
        } catch (RuntimeException e) {
            buffer.close();
            throw e;
        }
    }

    /** A builder of a server in front of the writer, usually a store, which stays the caller's to close. */
    public static DeploytraceServerBuilder builder(SpanWriter writer) {
        return new DeploytraceServerBuilder(writer);
    }

    private static List<SharedWork> works(DeploytraceServerBuilder settings, ServerMetrics metrics) {
        var works = new ArrayList<SharedWork>();
        if (settings.retention != null && settings.workspaces != null) {
            works.add(Retention.work(settings.retention, settings.workspaces, metrics.registry()));
        }
        if (settings.reindexing != null && settings.workspaces != null) {
            works.add(Reindexing.work(settings.reindexing, settings.workspaces, metrics.registry()));
        }
        return List.copyOf(works);
    }

    private Ingest ingest(DeploytraceServerBuilder settings, ServerMetrics metrics) {
        return SpanIngest.builder(buffer)
                .limits(settings.ingestLimits)
                .listener(new SpanMeters(metrics.registry()))
                .build();
    }

    private boolean isStopping() {
        return stopping.get();
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if it can't, such as since the port is taken; the message says so
     */
    public void start() throws IOException {
        try {
            server.start().join();
            works.forEach(SharedWork::start);
        } catch (CompletionException e) {
            throw new IOException("The server can't listen on " + address + ": " + reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        var reason = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> String.valueOf(cause.getMessage()))
                .reduce("", (outer, inner) -> inner);
        return reason.contains("already in use") ? "the address is taken. Choose another with --port." : reason;
    }

    /** The port where it listens, once it was started. */
    public int port() {
        return Objects.requireNonNull(server.activePort(), "The server isn't started")
                .localAddress()
                .getPort();
    }

    /** Where it listens, such as {@code http://127.0.0.1:8090}, once it was started. */
    public String url() {
        return (tls ? "https://" : "http://") + bracketed(host) + ":" + port();
    }

    /** The host as it stands in a URL. */
    static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The paths that are served, whatever the table says, for tests. */
    Set<String> routes() {
        return server.serviceConfigs().stream()
                .filter(config -> !config.route().isFallback())
                .map(config -> config.route().patternString())
                .collect(Collectors.toSet());
    }

    /**
     * Stops: refuses new requests, answers those in flight within the time that the limits allow, and writes what was accepted. Closing
     * again does nothing but wait for the first.
     */
    @Override
    public void close() {
        stopping.set(true);
        works.forEach(SharedWork::stop);
        server.stop().join();
        works.forEach(SharedWork::close);
        buffer.close();
    }
}
