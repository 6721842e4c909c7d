package io.deploytrace.cli;

import java.nio.file.Path;

/** Stands in for the program where a test looks at the launcher alone: prints what it was started with. */
public final class LauncherProbe {

    private LauncherProbe() {}

    /** Prints the arguments and the working directory. */
    public static void main(String[] args) {
        System.out.println(String.join("|", args) + "|" + Path.of("").toAbsolutePath());
    }
}
