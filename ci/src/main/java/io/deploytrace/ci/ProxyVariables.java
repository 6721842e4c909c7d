package io.deploytrace.ci;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** The way out of the network, as the environment variables tell it that curl and others go by: Java itself doesn't read them. */
final class ProxyVariables {

    private static final int DEFAULT_PORT = 1080;

    private ProxyVariables() {}

    /**
     * The proxy for the server; none if the variables name none, or except the server from it.
     *
     * @throws IOException if the variable isn't the address of a proxy; the message doesn't hold its password
     */
    static Proxy proxy(URI server, Map<String, String> variables) throws IOException {
        var variable = server.getScheme() + "_proxy";
        var address = either(variables, variable);
        if (address.isEmpty() || isExcepted(server.getHost(), either(variables, "no_proxy"))) {
            return Proxy.NO_PROXY;
        }
        try {
            return proxy(URI.create(address.contains("://") ? address : "http://" + address));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s must be the address of a proxy, such as http://proxy.example.com:3128, but is '%s'"
                            .formatted(variable, PublicUrl.of(address)),
                    e);
        }
    }

    private static Proxy proxy(URI address) {
        return new Proxy(
                Proxy.Type.HTTP,
                new InetSocketAddress(address.getHost(), address.getPort() < 0 ? DEFAULT_PORT : address.getPort()));
    }

    private static String either(Map<String, String> variables, String name) {
        var lower = variables.getOrDefault(name, "");
        return lower.isEmpty() ? variables.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
    }

    /** The name alone: in lower case, without what may stand before it, the port, and the brackets of an IPv6 address. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceFirst("^\\*?\\.", "")
                .replaceFirst("^([^:]*|\\[.*]):[0-9]+$", "$1")
                .replaceFirst("^\\[(.*)]$", "$1");
    }

    private static boolean isExcepted(String host, String exceptions) {
        for (var exception : exceptions.split("[\\s,]+", -1)) {
            var name = plain(exception);
            if (exception.equals("*") || (!name.isEmpty() && ("." + plain(host)).endsWith("." + name))) {
                return true;
            }
        }
        return false;
    }
}
