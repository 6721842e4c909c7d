package io.deploytrace.cli;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command end by itself when it is told to (SIGTERM, or Ctrl-C). A shutdown hook couldn't do that: hooks run at once and
 * together, so that the embedded database would stop beneath requests that are still being answered, and the exit code is the signal's.
 *
 * <p>By reflection, since the compiler warns of each use of these classes, and there are no others.
 */
final class StopSignals implements AutoCloseable {

    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Map<Object, Object> before = new LinkedHashMap<>();

    private StopSignals() {}

    /** Takes the signals from now on, until closed. The second one has its usual effect. */
    static StopSignals take() {
        var signals = new StopSignals();
        try {
            signals.take("TERM");
            signals.take("INT");
            return signals;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java can't take signals.", e);
        }
    }

    private void take(String name) throws ReflectiveOperationException {
        var handler = Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(),
                new Class<?>[] {Class.forName(HANDLER)},
                (proxy, method, arguments) -> method.getName().equals("handle") ? stop() : null);
        var signal = Class.forName(SIGNAL).getConstructor(String.class).newInstance(name);
        before.put(signal, handle(signal, handler));
    }

    private @Nullable Object stop() throws ReflectiveOperationException {
        restore();
        stop.countDown();
        return null;
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), Class.forName(HANDLER))
                .invoke(null, signal, handler);
    }

    private void restore() throws ReflectiveOperationException {
        for (var entry : before.entrySet()) {
            handle(entry.getKey(), entry.getValue());
        }
    }

    /** Waits until one came. */
    void await() throws InterruptedException {
        stop.await();
    }

    /** Gives the signals back. */
    @Override
    public void close() {
        try {
            restore();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java can't give signals back.", e);
        }
    }
}
