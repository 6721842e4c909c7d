package io.deploytrace.ci;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Starts the commands of CI jobs without the rest of the program: a job runs them many times, and what reads the command lines of the whole program
 * alone takes longer to load than all that they do.
 */
public final class Main {

    /** The descriptors (0, 1, 2) that are terminals, as the launcher found them. */
    private static final String TERMINALS_PROPERTY = "deploytrace.terminal";

    private Main() {}

    /** Runs the command that the arguments name, then ends this process with its exit code. */
    public static void main(String[] args) throws ReflectiveOperationException {
        var out = utf8(new FileOutputStream(FileDescriptor.out));
        var err = utf8(new FileOutputStream(FileDescriptor.err));
        var terminal = !System.getProperty(TERMINALS_PROPERTY, "").isEmpty();
        var commands = new JobCommands(System.getenv(), out, err, Clock.systemUTC());
        var exitCode = new PlainCommands(commands, terminal).run(args);
        if (exitCode.isPresent()) {
            System.exit(exitCode.get());
        }
        WholeProgram.run(args);
    }

    static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
