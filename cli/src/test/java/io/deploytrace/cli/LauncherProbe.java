package io.deploytrace.cli;

import java.nio.file.Path;

/** Stands in for the program where a test looks at the launcher alone: prints what it was started with. */
public final class LauncherProbe {

    private LauncherProbe() {}

    /** Prints the arguments and the working directory, or how the launcher was called. */
    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("called")) {
            System.out.println(System.getProperty("deploytrace.program"));
            return;
        }
        System.out.println(String.join("|", args) + "|" + Path.of("").toAbsolutePath());
    }
}
