package io.deploytrace.remote;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a server is, and where in it spans are taken. Its text holds no secret. */
final class ServerAddress {

    private static final String TRACES = "/v1/traces";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*:?0*1]");

    private final URI server;
    private final URI traces;

    private ServerAddress(URI server, String path) {
        this.server = server;
        this.traces = server.resolve(path + TRACES);
    }

    /** @throws IllegalArgumentException if it is no address of a server; the message says why */
    static ServerAddress of(URI server) {
        Objects.requireNonNull(server, "server");
        var problem = problem(server);
        if (problem != null) {
            throw new IllegalArgumentException(
                    "The server's address " + problem + " Give one such as https://deploytrace.example.com:8090.");
        }
        return new ServerAddress(server, path(server));
    }

    private static @Nullable String problem(URI server) {
        var scheme = server.getScheme() == null ? "" : server.getScheme().toLowerCase(Locale.ROOT);
        if (server.getRawUserInfo() != null) {
            return "must hold no user and no password: the key goes by itself.";
        }
        if (server.getRawQuery() != null || server.getRawFragment() != null) {
            return "must end with its path, without ? and #.";
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return "must begin with https:// or http://, but is " + server + ".";
        }
        if (server.getHost() == null) {
            return "must name a host, but is " + server + ".";
        }
        return path(server).endsWith(TRACES) ? "must be that of the server alone, without " + TRACES + "." : null;
    }

    private static String path(URI server) {
        var path = server.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Where to send spans. */
    URI traces() {
        return traces;
    }

    /** Whether what is sent can be read on its way: it isn't encrypted and may leave this machine. */
    boolean isExposed() {
        return "http".equalsIgnoreCase(server.getScheme())
                && !LOOPBACK.matcher(server.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    /** The address as it was given. */
    @Override
    public String toString() {
        return server.toString();
    }
}
