package io.deploytrace.store.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.postgresql.PGConnection;

/**
 * A connection as a driver has it that a pooler told a process id of its own making. All else is the connection's own.
 */
final class Pooled {

    private static final int MADE_UP = 1_234_567_890;

    private Pooled() {}

    static Connection of(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Pooled.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("unwrap") && arguments[0] == PGConnection.class) {
                        return driver(connection.unwrap(PGConnection.class));
                    }
                    return invoke(connection, method, arguments);
                });
    }

    private static PGConnection driver(PGConnection connection) {
        return (PGConnection) Proxy.newProxyInstance(
                Pooled.class.getClassLoader(),
                new Class<?>[] {PGConnection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBackendPID" -> MADE_UP;
                    case "equals" -> Proxy.isProxyClass(arguments[0].getClass());
                    case "hashCode" -> MADE_UP;
                    default -> invoke(connection, method, arguments);
                });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
