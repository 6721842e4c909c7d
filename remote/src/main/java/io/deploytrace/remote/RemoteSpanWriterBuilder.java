package io.deploytrace.remote;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link RemoteSpanWriter}; not safe for use by several threads. */
public final class RemoteSpanWriterBuilder {

    /** 5 seconds. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** 64 MiB: the most that a server takes by default. */
    public static final int DEFAULT_MAXIMUM_REQUEST_BYTES = 64 << 20;

    private static final int LEAST_MAXIMUM_REQUEST_BYTES = 1_024;

    /** What RFC 6750 allows behind {@code Bearer}. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final ServerAddress server;
    private @Nullable String key;
    private boolean unencryptedKeyAllowed;
    private @Nullable Duration connectTimeout;
    private @Nullable HttpClient client;
    private int maximumRequestBytes = DEFAULT_MAXIMUM_REQUEST_BYTES;
    private boolean compression = true;

    RemoteSpanWriterBuilder(ServerAddress server) {
        this.server = server;
    }

    /**
     * The key to authenticate with, one of the role write or admin, or the token of a job. By default none, which a server takes that
     * was started without authentication. What is written with a token is stamped by the server as that job's, and so isn't read as it
     * was written.
     *
     * @throws IllegalArgumentException if no key can look like that; the message doesn't hold it
     */
    public RemoteSpanWriterBuilder key(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("The key must be letters, digits and -._~+/ alone, but has "
                    + (key.isEmpty() ? "none." : "others: look for spaces, quotes and a line end."));
        }
        this.key = key;
        return this;
    }

    /**
     * Lets the key be sent over plain {@code http} to another machine, where everyone on the way can read it; for networks that encrypt
     * by other means. By default {@link #build()} refuses that.
     */
    public RemoteSpanWriterBuilder allowUnencryptedKey() {
        unencryptedKeyAllowed = true;
        return this;
    }

    /**
     * How long to wait for a connection, if the deadline lies further ahead. Default {@link #DEFAULT_CONNECT_TIMEOUT}; with a client
     * of your own, it is the client's.
     *
     * @throws IllegalArgumentException if it isn't positive
     */
    public RemoteSpanWriterBuilder connectTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("connectTimeout must be more than zero, but is " + timeout);
        }
        connectTimeout = timeout;
        return this;
    }

    /**
     * The client that sends the requests, for a trust store, a client certificate or a proxy of your own. It stays the caller's to
     * close. By default one of this writer's own, which uses HTTP/1.1, the JVM's trust store and its
     * {@linkplain java.net.ProxySelector#getDefault() proxies}.
     *
     * @throws IllegalArgumentException if it follows redirects, and so would send spans and key where nobody said
     */
    public RemoteSpanWriterBuilder httpClient(HttpClient client) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException("The HttpClient must not follow redirects, but follows "
                    + client.followRedirects() + ". Build it with followRedirects(NEVER), which is the default.");
        }
        this.client = client;
        return this;
    }

    /** Whether requests of 1 KiB and more are compressed (gzip). Default true. */
    public RemoteSpanWriterBuilder compression(boolean on) {
        compression = on;
        return this;
    }

    /**
     * The most bytes of one request before compression; a larger call is refused and not sent. Default
     * {@link #DEFAULT_MAXIMUM_REQUEST_BYTES}. The server has limits of its own.
     *
     * @throws IllegalArgumentException if it is less than 1 KiB
     */
    public RemoteSpanWriterBuilder maximumRequestBytes(int bytes) {
        if (bytes < LEAST_MAXIMUM_REQUEST_BYTES) {
            throw new IllegalArgumentException(
                    "maximumRequestBytes must be at least " + LEAST_MAXIMUM_REQUEST_BYTES + ", but is " + bytes);
        }
        maximumRequestBytes = bytes;
        return this;
    }

    /**
     * The writer. It doesn't connect before its first call.
     *
     * @throws IllegalStateException if the key would be readable on its way, or the settings contradict each other
     */
    public RemoteSpanWriter build() {
        if (key != null && server.isExposed() && !unencryptedKeyAllowed) {
            throw new IllegalStateException("The key would be sent to " + server
                    + " unencrypted. Use https, or allowUnencryptedKey() if the network encrypts by other means.");
        }
        return new RemoteSpanWriter(server, new Transport(client(), server, key), maximumRequestBytes, compression);
    }

    private HttpClient client() {
        if (client == null) {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Objects.requireNonNullElse(connectTimeout, DEFAULT_CONNECT_TIMEOUT))
                    .build();
        }
        if (connectTimeout != null) {
            throw new IllegalStateException("connectTimeout has no effect on a client of your own. Set it there.");
        }
        return client;
    }
}
