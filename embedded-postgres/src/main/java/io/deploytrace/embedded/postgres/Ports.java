package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port for the server. */
final class Ports {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private Ports() {}

    /**
     * A free port.
     *
     * @param preferred the one to take if it is free; 0 for any
     * @param onlyThere whether no other will do
     */
    static int choose(int preferred, boolean onlyThere) throws IOException {
        try {
            return open(preferred);
        } catch (IOException e) {
            if (onlyThere) {
                throw taken(preferred);
            }
            return open(0);
        }
    }

    static EmbeddedDatabaseException taken(int port) {
        return new EmbeddedDatabaseException(
                "Port " + port + " is taken by another program, or not yours to use: choose another.", null);
    }

    private static int open(int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }
}
