package io.deploytrace.ci;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes signals from the JVM, until closed. By reflection, since the compiler warns of each use of these classes, and there are no others.
 *
 * <p>Safe for use by several threads.
 */
public final class SignalHandlers implements AutoCloseable {

    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private final Map<Object, Object> before = new LinkedHashMap<>();

    private SignalHandlers() {}

    /**
     * Takes the signals from now on.
     *
     * @param handler is told the name of each that comes, in a thread of its own; not null
     * @param names such as {@code TERM}
     * @throws IllegalStateException if this Java can't take signals
     */
    public static SignalHandlers take(Consumer<String> handler, String... names) {
        var handlers = new SignalHandlers();
        try {
            for (var name : names) {
                handlers.take(name, handler);
            }
            return handlers;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java can't take signals.", e);
        }
    }

    /** Takes none. */
    static SignalHandlers none() {
        return new SignalHandlers();
    }

    private void take(String name, Consumer<String> handler) throws ReflectiveOperationException {
        var proxy = Proxy.newProxyInstance(
                SignalHandlers.class.getClassLoader(),
                new Class<?>[] {Class.forName(HANDLER)},
                (instance, method, arguments) -> method.getName().equals("handle") ? handle(handler, name) : null);
        var signal = signal(name);
        before.put(signal, handle(signal, proxy));
    }

    private static @Nullable Object handle(Consumer<String> handler, String name) {
        handler.accept(name);
        return null;
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), Class.forName(HANDLER))
                .invoke(null, signal, handler);
    }

    private static Object signal(String name) throws ReflectiveOperationException {
        return Class.forName(SIGNAL).getConstructor(String.class).newInstance(name);
    }

    /** Ends this process by the signal, as if nobody had taken it; returns if that is impossible. */
    static void endBy(String name) {
        try {
            handle(signal(name), Class.forName(HANDLER).getField("SIG_DFL").get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java can't give signals back.", e);
        }
        send(name, ProcessHandle.current());
    }

    /** Sends the signal to a process. Java itself knows TERM alone. */
    static void send(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                    .start()
                    .waitFor(1, TimeUnit.SECONDS);
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the signals back. */
    @Override
    public void close() {
        try {
            for (var entry : before.entrySet()) {
                handle(entry.getKey(), entry.getValue());
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java can't give signals back.", e);
        }
    }
}
