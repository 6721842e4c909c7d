package io.deploytrace.cli;

import java.util.Map;
import picocli.CommandLine;

/** The command line of the whole program, for tests of another package. */
public final class WholeCommandLine {

    private WholeCommandLine() {}

    /** One without any environment variable. */
    public static CommandLine create() {
        return Program.commandLine(TestProgram.environment(Map.of()));
    }
}
