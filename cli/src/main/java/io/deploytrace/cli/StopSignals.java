package io.deploytrace.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * Lets a command end by itself when it is told to (SIGTERM, or Ctrl-C). A shutdown hook couldn't do that: hooks run at once and
 * together, so that the embedded database would stop beneath requests that are still being answered, and the exit code is the signal's.
 */
final class StopSignals {

    private final CountDownLatch stop = new CountDownLatch(1);

    private StopSignals() {}

    /** Takes the signals from now on. The second one ends the process as if nothing had taken them. */
    static StopSignals take() {
        var signals = new StopSignals();
        signals.take("TERM");
        signals.take("INT");
        return signals;
    }

    /** By reflection, since the compiler warns of each use of these classes, and there are no others. */
    private void take(String name) {
        try {
            var handlerType = Class.forName("sun.misc.SignalHandler");
            var signalType = Class.forName("sun.misc.Signal");
            var handle = signalType.getMethod("handle", signalType, handlerType);
            var byDefault = handlerType.getField("SIG_DFL").get(null);
            InvocationHandler onSignal = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    handle.invoke(null, arguments[0], byDefault);
                    stop.countDown();
                }
                return null;
            };
            var handler =
                    Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handlerType}, onSignal);
            handle.invoke(null, signalType.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java can't take the signal " + name + ".", e);
        }
    }

    /** Waits until one came. */
    void await() throws InterruptedException {
        stop.await();
    }
}
