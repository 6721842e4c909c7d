package io.deploytrace.ci;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;

/** The program with all its commands, which isn't on the class path of those of CI jobs. */
final class WholeProgram {

    private static final String MAIN = "io.deploytrace.cli.Main";

    private WholeProgram() {}

    /** Hands the arguments over to it. */
    static void run(String... arguments) throws ReflectiveOperationException {
        try {
            load().getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Class<?> load() throws ClassNotFoundException {
        try {
            return Class.forName(MAIN);
        } catch (ClassNotFoundException elsewhere) {
            var loader = new URLClassLoader(new URL[] {jar()}, ClassLoader.getPlatformClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            return Class.forName(MAIN, true, loader);
        }
    }

    /** The program's jar, which names the others, lies above the directory of these. */
    private static URL jar() {
        var own = WholeProgram.class.getProtectionDomain().getCodeSource().getLocation();
        try {
            return URI.create(own.toString()).resolve("../deploytrace.jar").toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
