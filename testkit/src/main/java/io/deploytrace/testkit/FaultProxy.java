package io.deploytrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bad network: it stands between clients and a PostgreSQL server, both on this machine, and disturbs their
 * conversation by a {@link FaultPlan} or on command. It reads the protocol far enough to strike between a commit and its
 * answer. Connections that it can't read, encrypted ones for instance, are passed on and struck too, but not at a {@linkplain
 * FaultPoint point} of their own.
 *
 * <pre>{@code
 * try (var proxy = FaultProxy.to(postgresPort, FaultPlan.none())) {
 *     var struck = proxy.strike(FaultPoint.WRITE_ANSWER, Fault.reset());
 *     // a client of proxy.port() writes, and sees its connection break although the write took effect
 *     struck.await();
 * }
 * }</pre>
 *
 * <p>Its states (healthy, refusing, black hole) exclude each other; the last call wins. Safe for use by several threads.
 */
public final class FaultProxy implements AutoCloseable {

    private final FaultPlan plan;
    private final int port;
    private final Set<ProxiedConnection> connections = new LinkedHashSet<>();
    private final List<Armed> armed = new ArrayList<>();
    private final Map<Fault.Kind, Integer> struck = new EnumMap<>(Fault.Kind.class);
    private @Nullable ServerSocket listener;
    private InetSocketAddress server;
    private int accepted;
    private int lostAnswers;
    private boolean holding;
    private boolean closed;

    private record Armed(FaultPoint point, Fault fault, CountDownLatch done) {}

    private FaultProxy(int serverPort, FaultPlan plan) throws IOException {
        this.server = address(serverPort);
        this.plan = plan;
        this.port = listen(0);
    }

    /** A proxy in front of the server that listens on a port of the loopback address, or will. */
    public static FaultProxy to(int serverPort, FaultPlan plan) throws IOException {
        return new FaultProxy(serverPort, plan);
    }

    /** The port of the loopback address where clients connect; it stays the same. */
    public int port() {
        return port;
    }

    /** From now on new connections lead to another port: the server was restarted there. */
    public synchronized void leadTo(int serverPort) {
        server = address(serverPort);
    }

    /** Refuses new connections. Those that are there go on. */
    public synchronized void refuse() throws IOException {
        pass();
        stopListening();
    }

    /**
     * Lets nothing through any more, on old connections and on new ones, which are accepted all the same. What was sent arrives
     * once the proxy {@linkplain #heal heals}.
     */
    public synchronized void blackHole() throws IOException {
        startListening();
        holding = true;
    }

    /**
     * Ends every state that a call brought about: accepts connections and lets everything through. Connections that a
     * {@link Fault.Kind#FREEZE} struck are reset. The plan goes on, and so do {@linkplain #strike strikes} that haven't struck yet.
     */
    public synchronized void heal() throws IOException {
        startListening();
        for (var connection : List.copyOf(connections)) {
            if (connection.isFrozen()) {
                connection.reset();
            }
        }
        pass();
    }

    /** Ends all connections that are there. */
    public void cutAll() {
        present().forEach(ProxiedConnection::cut);
    }

    /** Resets all connections that are there. */
    public void resetAll() {
        present().forEach(ProxiedConnection::reset);
    }

    /**
     * Lets a fault strike the next message that stands at the point, on whatever connection.
     *
     * @return reaches zero when it has struck
     */
    public synchronized CountDownLatch strike(FaultPoint point, Fault fault) {
        var strike = new Armed(point, fault, new CountDownLatch(1));
        armed.add(strike);
        return strike.done();
    }

    /** How many faults struck so far, by the plan or by command, of each kind that did. */
    public synchronized Map<Fault.Kind, Integer> struck() {
        return new EnumMap<>(struck);
    }

    /** How many times a write was committed and its client didn't learn it. */
    public synchronized int lostAnswers() {
        return lostAnswers;
    }

    /** How many connections were accepted so far. */
    public synchronized int accepted() {
        return accepted;
    }

    /** Ends all connections, and refuses new ones for good. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            pass();
            stopListening();
        }
        cutAll();
    }

    synchronized InetSocketAddress server() {
        return server;
    }

    /** What happens to a message. */
    @Nullable Fault faultAt(int connection, long message, boolean toServer, FaultPoint point) {
        var planned = plan.at(connection, message, toServer, point);
        synchronized (this) {
            var command = armed.stream()
                    .filter(strike -> strike.point() == FaultPoint.ANYWHERE || strike.point() == point)
                    .findFirst();
            command.ifPresent(armed::remove);
            var fault = command.map(Armed::fault).orElse(planned);
            if (fault != null) {
                count(fault, point);
            }
            command.ifPresent(strike -> strike.done().countDown());
            return fault;
        }
    }

    private void count(Fault fault, FaultPoint point) {
        struck.merge(fault.kind(), 1, Integer::sum);
        if (point == FaultPoint.WRITE_ANSWER && fault.kind() != Fault.Kind.DELAY) {
            lostAnswers++;
        }
    }

    /** Waits while nothing may pass on the connection. */
    void awaitPassage(ProxiedConnection connection) throws IOException {
        await(Duration.ofDays(1), () -> (holding || connection.isFrozen()) && !connection.isClosed());
    }

    /** Waits for a time, or until the connection ends. */
    void delay(ProxiedConnection connection, Duration delay) throws IOException {
        await(delay, () -> !connection.isClosed());
    }

    private synchronized void await(Duration most, BooleanSupplier isHeld) throws IOException {
        try {
            var end = System.nanoTime() + most.toNanos();
            for (long left; isHeld.getAsBoolean() && (left = end - System.nanoTime()) > 0; ) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    synchronized void forget(ProxiedConnection connection) {
        connections.remove(connection);
        notifyAll();
    }

    private void pass() {
        holding = false;
        notifyAll();
    }

    private synchronized Collection<ProxiedConnection> present() {
        return List.copyOf(connections);
    }

    private void startListening() throws IOException {
        if (listener == null && !closed) {
            listen(port);
        }
    }

    private int listen(int onPort) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address(onPort), 200);
        listener = socket;
        start(() -> accept(socket));
        return socket.getLocalPort();
    }

    /** The system goes on accepting until the thread that waits for connections has left. */
    private void stopListening() throws IOException {
        if (listener != null) {
            var stopped = listener;
            close(stopped);
            await(Duration.ofSeconds(10), () -> stopped.equals(listener));
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                add(socket.accept());
            }
        } catch (IOException closing) {
            stopped();
        }
    }

    private synchronized void stopped() {
        listener = null;
        notifyAll();
    }

    private synchronized void add(Socket client) {
        if (closed) {
            close(client);
            return;
        }
        var connection = new ProxiedConnection(accepted++, client, this);
        connections.add(connection);
        connection.start();
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static void start(Runnable work) {
        var thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
