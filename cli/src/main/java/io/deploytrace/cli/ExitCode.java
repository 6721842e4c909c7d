package io.deploytrace.cli;

/** What the program's exit code says. Documented for users: never change a number. */
final class ExitCode {

    /** The command did what it was asked to. */
    static final int DONE = 0;
    /** What the command was asked about doesn't exist. */
    static final int NOT_FOUND = 1;
    /** The command line or the environment is wrong. */
    static final int USAGE = 2;
    /** The database can't be reached, isn't set up, or didn't answer in time. */
    static final int UNREACHABLE = 3;
    /** Anything else. */
    static final int FAILED = 4;

    private ExitCode() {}
}
