package io.deploytrace.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Accepts connections on a port of the loopback address, when it is told to. Used by one thread at a time. */
final class ProxyListener {

    private static final int BACKLOG = 200;

    private final Consumer<Socket> clients;
    private final int port;
    private @Nullable ServerSocket socket;
    private Thread thread = new Thread();

    /** Accepts at once; the clients are given to the consumer by a thread of their own. */
    ProxyListener(Consumer<Socket> clients) throws IOException {
        this.clients = clients;
        this.port = listen(0);
    }

    int port() {
        return port;
    }

    /** Accepts, if it doesn't already. */
    void start() throws IOException {
        if (socket == null) {
            listen(port);
        }
    }

    private int listen(int onPort) throws IOException {
        var opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), BACKLOG);
        socket = opened;
        thread = FaultProxy.start(() -> accept(opened));
        return opened.getLocalPort();
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                clients.accept(from.accept());
            }
        } catch (IOException stopped) {
            FaultProxy.close(from);
        }
    }

    /** Refuses connections. The system goes on accepting until the thread that waits for them has left. */
    void stop() throws IOException {
        if (socket == null) {
            return;
        }
        FaultProxy.close(socket);
        socket = null;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
