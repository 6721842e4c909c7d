package io.deploytrace.cli;

/** Starts the program. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name, then ends this process with its exit code. */
    public static void main(String[] args) {
        var environment = Environment.ofProcess();
        var exitCode = Program.run(environment, args);
        environment.out().flush();
        environment.err().flush();
        System.exit(exitCode);
    }
}
