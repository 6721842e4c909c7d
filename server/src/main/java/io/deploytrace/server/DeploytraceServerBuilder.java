package io.deploytrace.server;

import com.linecorp.armeria.common.TlsKeyPair;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.server.ingest.IngestLimits;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.SpanWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link DeploytraceServer}; not safe for use by several threads. */
public final class DeploytraceServerBuilder {

    /** The port by default. */
    public static final int DEFAULT_PORT = 8_090;

    /** The host by default: this machine alone can connect. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    final SpanWriter writer;
    String host = DEFAULT_HOST;
    int port = DEFAULT_PORT;
    boolean authenticationRequired;

    @Nullable ApiKeyStore apiKeys;

    @Nullable JobTokens jobTokens;

    @Nullable Path certificate;

    @Nullable Path key;

    Set<String> allowedHosts = Set.of();
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

    /** Names, without a port, by which clients may call a server that asks for no credentials, beside those of loopback. */
    public DeploytraceServerBuilder allowedHosts(Collection<String> names) {
        allowedHosts = Set.copyOf(names);
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
     * @throws IllegalArgumentException if the server would listen on more than loopback and ask for no credentials, the host is unknown, or
     *     the certificate or key can't be used; the message says what to do
     */
    public void check() {
        if (!authenticationRequired && !isLoopback()) {
            throw new IllegalArgumentException(
                    "On " + host + " others can reach the server, and --auth none would let them all in. Use"
                            + " --auth required, or listen on 127.0.0.1.");
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
