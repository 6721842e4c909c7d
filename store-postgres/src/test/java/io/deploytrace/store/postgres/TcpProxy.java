package io.deploytrace.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between a client and a server, which counts round trips and can swallow everything from a time on. */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int serverPort;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean serverSpokeLast = new AtomicBoolean(true);
    private final AtomicInteger roundTrips = new AtomicInteger();
    private volatile boolean frozen;
    private volatile boolean breaking;

    TcpProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How often the client waited for an answer. */
    int roundTrips() {
        return roundTrips.get();
    }

    /** From now on nothing arrives on either side, and no connection breaks. */
    void freeze() {
        frozen = true;
    }

    /** The next answer of the server doesn't arrive: the connection breaks instead. */
    void breakAtAnswer() {
        breaking = true;
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(client);
                sockets.add(server);
                start(() -> pump(client, server, true));
                start(() -> pump(server, client, false));
            }
        } catch (IOException closed) {
            frozen = true;
        }
    }

    private void pump(Socket from, Socket to, boolean isClient) {
        try {
            var buffer = new byte[65_536];
            for (int length; (length = from.getInputStream().read(buffer)) >= 0; ) {
                if (serverSpokeLast.getAndSet(!isClient) && isClient) {
                    roundTrips.incrementAndGet();
                }
                if (breaking && !isClient) {
                    throw new IOException("the network broke");
                }
                if (!frozen) {
                    to.getOutputStream().write(buffer, 0, length);
                }
            }
            if (!frozen) {
                to.shutdownOutput();
            }
        } catch (IOException closed) {
            close(to);
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(TcpProxy::close);
    }
}
