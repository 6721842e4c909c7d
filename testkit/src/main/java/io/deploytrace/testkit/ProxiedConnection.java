package io.deploytrace.testkit;

import io.deploytrace.testkit.PostgresMessages.Handshake;
import io.deploytrace.testkit.PostgresMessages.Message;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection through a proxy: two directions, each pumped by a thread of its own. */
final class ProxiedConnection {

    private final int number;
    private final Socket client;
    private final Socket server = new Socket();
    private final FaultProxy proxy;
    private final Handshake handshake = new Handshake();
    private final PostgresWrites writes = new PostgresWrites();
    private final AtomicInteger openDirections = new AtomicInteger(2);
    private final AtomicBoolean clientSpokeLast = new AtomicBoolean();
    private volatile boolean frozen;
    private volatile boolean closed;

    ProxiedConnection(int number, Socket client, FaultProxy proxy) {
        this.number = number;
        this.client = client;
        this.proxy = proxy;
    }

    void start() {
        FaultProxy.start(this::connect);
    }

    private void connect() {
        try {
            proxy.awaitPassage(this);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(proxy.server());
            FaultProxy.start(() -> pump(server, client, false));
            pump(client, server, true);
        } catch (IOException unreachable) {
            reset();
        }
    }

    private void pump(Socket from, Socket to, boolean toServer) {
        try {
            var messages = new PostgresMessages(from.getInputStream(), handshake, toServer);
            var output = new BufferedOutputStream(to.getOutputStream(), 65_536);
            if (pass(messages, output, toServer)) {
                output.flush();
            } else {
                from.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
            to.shutdownOutput();
            if (openDirections.decrementAndGet() == 0) {
                cut();
            }
        } catch (IOException broken) {
            cut();
        }
    }

    /** Passes messages on until there are no more; false if from now on they lead nowhere. */
    private boolean pass(PostgresMessages messages, OutputStream output, boolean toServer) throws IOException {
        long passed = 0;
        for (Message message; (message = messages.next()) != null; passed++) {
            proxy.awaitPassage(this);
            if (clientSpokeLast.getAndSet(toServer) != toServer && toServer) {
                proxy.countRoundTrip();
            }
            var point = toServer ? writes.request(message) : writes.answer(message);
            var fault = proxy.faultAt(number, passed, toServer, point);
            if (fault != null && !strike(fault, message, output, toServer)) {
                return false;
            }
            output.write(message.bytes());
            if (!messages.isMoreThere()) {
                output.flush();
            }
        }
        return true;
    }

    /** Whether the message may pass after all; throws if the connection is no more. */
    private boolean strike(Fault fault, Message message, OutputStream output, boolean toServer) throws IOException {
        switch (fault.kind()) {
            case DELAY -> proxy.delay(this, fault.delay());
            case FREEZE -> {
                frozen = true;
                proxy.awaitPassage(this);
            }
            case HALF_CLOSE -> {
                (toServer ? server : client).shutdownOutput();
                return false;
            }
            case RESET -> reset();
            case CUT -> cut();
            case TRUNCATE -> {
                output.write(message.bytes(), 0, fault.arriving(message.bytes().length));
                output.flush();
                cut();
            }
        }
        if (closed) {
            throw new IOException("struck");
        }
        return true;
    }

    boolean isFrozen() {
        return frozen;
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends both sides. */
    void cut() {
        closed = true;
        FaultProxy.close(client);
        FaultProxy.close(server);
        proxy.forget(this);
    }

    /** Ends both sides with a reset, as a router does that lost its state. */
    void reset() {
        resetOnClose(client);
        resetOnClose(server);
        cut();
    }

    private static void resetOnClose(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Then nothing is left to reset.
        }
    }
}
