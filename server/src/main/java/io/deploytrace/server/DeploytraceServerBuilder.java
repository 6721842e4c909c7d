package io.deploytrace.server;

import com.linecorp.armeria.common.TlsKeyPair;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.server.ingest.IngestLimits;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Leases;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.TraceChanges;
import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.store.WorkspaceStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link DeploytraceServer}; not safe for use by several threads. */
public final class DeploytraceServerBuilder {

    /** The port by default. */
    public static final int DEFAULT_PORT = 8_090;

    /** The host by default: this machine alone can connect. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** How many questions are asked of the store at once by default. */
    public static final int DEFAULT_READ_THREADS = 8;

    final SpanWriter writer;
    String host = DEFAULT_HOST;
    int port = DEFAULT_PORT;
    boolean authenticationRequired;

    @Nullable ApiKeyStore apiKeys;

    @Nullable JobTokens jobTokens;

    @Nullable SpanReader reader;

    @Nullable WorkspaceStore workspaces;

    @Nullable TraceChanges changes;

    EventLimits eventLimits = EventLimits.DEFAULTS;
    Duration eventHeartbeat = Duration.ofSeconds(15);
    Duration eventRecheck = Duration.ofSeconds(5);
    int readThreads = DEFAULT_READ_THREADS;

    @Nullable SharedWorkSettings retention;

    @Nullable SharedWorkSettings reindexing;

    Consumer<MeterRegistry> meters = registry -> {};

    @Nullable Path certificate;

    @Nullable Path key;

    Set<String> allowedHosts = Set.of();
    Set<String> corsOrigins = Set.of();
    ServerLimits limits = ServerLimits.DEFAULTS;
    IngestLimits ingestLimits = IngestLimits.DEFAULTS;
    BooleanSupplier readiness = () -> true;

    DeploytraceServerBuilder(SpanWriter writer) {
        this.writer = Objects.requireNonNull(writer, "writer");
    }

    /** The host or address to listen on. Default {@value #DEFAULT_HOST}; 0.0.0.0 is every address of this machine. */
    public DeploytraceServerBuilder host(String host) {
        this.host = Objects.requireNonNull(host, "host");
        return this;
    }

    /**
     * The port to listen on, 0 for any that is free. Default {@value #DEFAULT_PORT}.
     *
     * @throws IllegalArgumentException if it is not 0 to 65,535
     */
    public DeploytraceServerBuilder port(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, but is " + port);
        }
        this.port = port;
        return this;
    }

    /** Whether who sends no credentials is refused. By default not, which a server that listens on more than loopback needs. */
    public DeploytraceServerBuilder authenticationRequired(boolean required) {
        authenticationRequired = required;
        return this;
    }

    /** Where keys are looked up. By default nowhere: every key is refused. */
    public DeploytraceServerBuilder apiKeys(ApiKeyStore store) {
        apiKeys = Objects.requireNonNull(store, "store");
        return this;
    }

    /** What verifies job tokens. By default nothing: every token is refused. */
    public DeploytraceServerBuilder jobTokens(JobTokens tokens) {
        jobTokens = Objects.requireNonNull(tokens, "tokens");
        return this;
    }

    /**
     * What answers questions. By default nothing: then there is no query API, which needs {@link #workspaces} too.
     *
     * @param reader reads what the writer wrote, usually the same store
     */
    public DeploytraceServerBuilder reader(SpanReader reader) {
        this.reader = Objects.requireNonNull(reader, "reader");
        return this;
    }

    /** Knows which workspaces there are. By default nothing: then there is no query API. */
    public DeploytraceServerBuilder workspaces(WorkspaceStore store) {
        workspaces = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * What tells which traces change, usually of the same store. By default nothing: then there are no events, which need {@link
     * #workspaces} too.
     */
    public DeploytraceServerBuilder changes(TraceChanges changes) {
        this.changes = Objects.requireNonNull(changes, "changes");
        return this;
    }

    /** How much those may take who listen to changes. Default {@link EventLimits#DEFAULTS}. */
    public DeploytraceServerBuilder eventLimits(EventLimits limits) {
        eventLimits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * How many questions are asked of the store at once; others wait. Default {@value #DEFAULT_READ_THREADS}. Where the store has a pool of
     * connections, it should have more, so that questions leave some to writers.
     *
     * @throws IllegalArgumentException if it is not 1 to 1,000
     */
    public DeploytraceServerBuilder readThreads(int threads) {
        if (threads < 1 || threads > 1_000) {
            throw new IllegalArgumentException("readThreads must be 1 to 1000, but is " + threads);
        }
        readThreads = threads;
        return this;
    }

    /**
     * Speaks TLS, and nothing else. By default the server doesn't.
     *
     * @param certificate the certificate with its chain, in PEM
     * @param key its private key, in PEM (PKCS #8), without a password
     */
    public DeploytraceServerBuilder tls(Path certificate, Path key) {
        this.certificate = Objects.requireNonNull(certificate, "certificate");
        this.key = Objects.requireNonNull(key, "key");
        return this;
    }

    /** Names, without a port, by which clients may call a server that asks for no credentials, beside those of loopback and the {@link #host}. */
    public DeploytraceServerBuilder allowedHosts(Collection<String> names) {
        allowedHosts = Set.copyOf(names);
        return this;
    }

    /**
     * The origins whose pages may ask questions from a browser (CORS), such as {@code https://deploys.example.com}, or {@code *} for all, where
     * credentials are required. By default none.
     *
     * @throws IllegalArgumentException if one isn't a scheme and a host, with a port or without
     */
    public DeploytraceServerBuilder corsOrigins(Collection<String> origins) {
        corsOrigins = CrossOrigin.checked(origins);
        return this;
    }

    /** How much the server takes upon itself. Default {@link ServerLimits#DEFAULTS}. */
    public DeploytraceServerBuilder limits(ServerLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /** How much one request, and one span, may hold. Default {@link IngestLimits#DEFAULTS}. */
    public DeploytraceServerBuilder ingestLimits(IngestLimits limits) {
        ingestLimits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Removes the traces that {@link #workspaces} no longer keep, on one of the servers that share the leases at a time. By default nothing
     * is removed.
     *
     * @param maintenance removes them, usually from the same store
     * @param leases says which server does
     * @param interval how often, 1 second to a day
     * @throws IllegalArgumentException if the interval is outside its range
     */
    public DeploytraceServerBuilder retention(TraceMaintenance maintenance, Leases leases, Duration interval) {
        retention = new SharedWorkSettings(Retention.NAME, maintenance, leases, interval);
        return this;
    }

    /**
     * Gives traces that other programs write into the store what lists and events show of them, on one of the servers that share the leases
     * at a time, for each of the {@link #workspaces}. By default this isn't done.
     *
     * @param maintenance does it, usually on the same store
     * @param leases says which server does
     * @param interval how often, 1 second to a day
     * @throws IllegalArgumentException if the interval is outside its range
     */
    public DeploytraceServerBuilder reindexing(TraceMaintenance maintenance, Leases leases, Duration interval) {
        reindexing = new SharedWorkSettings(Reindexing.NAME, maintenance, leases, interval);
        return this;
    }

    /**
     * Adds to what {@code GET /metrics} tells; is called once, when the server is built. Names get the prefix {@code deploytrace_}; those of
     * HikariCP become {@code deploytrace_pool_…}.
     */
    public DeploytraceServerBuilder meters(Consumer<MeterRegistry> binder) {
        meters = Objects.requireNonNull(binder, "binder");
        return this;
    }

    /** Says whether the store can be used now; is asked for each {@code GET /health/ready} and may wait. By default always. */
    public DeploytraceServerBuilder readiness(BooleanSupplier check) {
        readiness = Objects.requireNonNull(check, "check");
        return this;
    }

    /** Whether who sends no credentials is refused. */
    public boolean isAuthenticationRequired() {
        return authenticationRequired;
    }

    /**
     * Whether this machine alone can connect.
     *
     * @throws IllegalArgumentException if the host is unknown
     */
    public boolean isLoopback() {
        return address().isLoopbackAddress();
    }

    /**
     * Checks the settings as {@link #build()} does, without opening anything.
     *
     * @throws IllegalArgumentException if the server would listen on more than loopback, or answer pages of all origins, and ask for no
     *     credentials, the host is unknown, or
     *     the certificate or key can't be used; the message says what to do
     */
    public void check() {
        if (!authenticationRequired && !isLoopback()) {
            throw new IllegalArgumentException(
                    "On " + host + " others can reach the server, and --auth none would let them all in. Use"
                            + " --auth required, or listen on 127.0.0.1.");
        }
        if (!authenticationRequired && corsOrigins.contains(CrossOrigin.ANY)) {
            throw new IllegalArgumentException(
                    "Every web page could read everything with --cors-origin * and --auth none. Name the origins, or use"
                            + " --auth required.");
        }
        tlsKeyPair();
    }

    /** The certificate and its key; null without TLS. */
    @Nullable TlsKeyPair tlsKeyPair() {
        if (certificate == null || key == null) {
            return null;
        }
        try {
            return TlsKeyPair.of(key.toFile(), certificate.toFile());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The certificate " + certificate + " and the key " + key
                            + " can't be used: both must be readable, in PEM, and the key without a password.",
                    e);
        }
    }

    /**
     * The server, not yet started.
     *
     * @throws IllegalArgumentException as {@link #check()}
     */
    public DeploytraceServer build() {
        check();
        return new DeploytraceServer(this);
    }

    InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("There is no host named " + host + ".", new UncheckedIOException(e));
        }
    }
}
