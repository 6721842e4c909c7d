package io.deploytrace.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client with one connection and the server, and counts how often the client waits for an answer. */
final class RoundTripProxy implements AutoCloseable {

    private static final int BUFFER_SIZE = 65_536;

    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicBoolean serverSpokeLast = new AtomicBoolean(true);
    private final AtomicInteger roundTrips = new AtomicInteger();

    RoundTripProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int roundTrips() {
        return roundTrips.get();
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                start(() -> pump(client, server, true));
                start(() -> pump(server, client, false));
            }
        } catch (IOException closed) {
            Log.line("The proxy is closed.");
        }
    }

    private void pump(Socket from, Socket to, boolean isClient) {
        try (from;
                to) {
            var buffer = new byte[BUFFER_SIZE];
            for (int length; (length = from.getInputStream().read(buffer)) >= 0; ) {
                if (serverSpokeLast.getAndSet(!isClient) && isClient) {
                    roundTrips.incrementAndGet();
                }
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException closed) {
            Log.line("A connection through the proxy is closed.");
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "round-trip-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
