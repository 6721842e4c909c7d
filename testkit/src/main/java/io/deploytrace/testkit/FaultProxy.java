package io.deploytrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final Strikes strikes;
    private final ProxyListener listener;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private volatile InetSocketAddress server;
    private boolean holding;
    private boolean closed;

    private FaultProxy(int serverPort, FaultPlan plan) throws IOException {
        this.server = address(serverPort);
        this.strikes = new Strikes(plan);
        this.listener = new ProxyListener(this::add);
    }

    /** A proxy in front of the server that listens on a port of the loopback address, or will. */
    public static FaultProxy to(int serverPort, FaultPlan plan) throws IOException {
        return new FaultProxy(serverPort, plan);
    }

    /** The port of the loopback address where clients connect; it stays the same. */
    public int port() {
        return listener.port();
    }

    /** From now on new connections lead to another port: the server was restarted there. */
    public void leadTo(int serverPort) {
        server = address(serverPort);
    }

    /** Refuses new connections. Those that are there go on. */
    public synchronized void refuse() throws IOException {
        pass();
        listener.stop();
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
        connections.stream().filter(ProxiedConnection::isFrozen).forEach(ProxiedConnection::reset);
        pass();
    }

    /** Ends all connections that are there. */
    public void cutAll() {
        connections.forEach(ProxiedConnection::cut);
    }

    /** Resets all connections that are there. */
    public void resetAll() {
        connections.forEach(ProxiedConnection::reset);
    }

    /**
     * Lets a fault strike the next message that stands at the point, on whatever connection.
     *
     * @return reaches zero when it has struck
     */
    public CountDownLatch strike(FaultPoint point, Fault fault) {
        return strikes.next(point, fault);
    }

    /** Calls off all {@linkplain #strike strikes} that haven't struck yet; what waits for one waits on. */
    public void callOffStrikes() {
        strikes.callOff();
    }

    /** How many faults struck so far, by the plan or by command, of each kind that did. */
    public Map<Fault.Kind, Integer> struck() {
        return strikes.struck();
    }

    /** How many times a write was committed and its client didn't learn it. */
    public int lostAnswers() {
        return strikes.lostAnswers();
    }

    /** How many times a client waited for an answer so far: a message of the client that followed one of the server, or was its first. */
    public int roundTrips() {
        return roundTrips.get();
    }

    /** How many connections were accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Ends all connections, and refuses new ones for good. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            pass();
            listener.stop();
        }
        cutAll();
    }

    InetSocketAddress server() {
        return server;
    }

    /** What happens to a message. */
    @Nullable Fault faultAt(int connection, long message, boolean toServer, FaultPoint point) {
        return strikes.at(connection, message, toServer, point);
    }

    void countRoundTrip() {
        roundTrips.incrementAndGet();
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

    private void startListening() throws IOException {
        if (!closed) {
            listener.start();
        }
    }

    /** Waits for no one, since whoever stops the listener waits for it. */
    private void add(Socket client) {
        var connection = new ProxiedConnection(accepted.getAndIncrement(), client, this);
        connections.add(connection);
        connection.start();
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static Thread start(Runnable work) {
        var thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
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
