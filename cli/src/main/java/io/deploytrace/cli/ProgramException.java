package io.deploytrace.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with a message for the user, who sees no stack trace, and an exit code. */
final class ProgramException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private ProgramException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the user asked about doesn't exist; the message names it. */
    static ProgramException notFound(String message) {
        return new ProgramException(ExitCode.NOT_FOUND, message, null);
    }

    /** The command line or an environment variable is wrong; the message says which and how to put it right. */
    static ProgramException usage(String message) {
        return new ProgramException(ExitCode.USAGE, message, null);
    }

    /** The database can't be reached or isn't set up. */
    static ProgramException unreachable(String message, @Nullable Throwable cause) {
        return new ProgramException(ExitCode.UNREACHABLE, message, cause);
    }

    /** Anything else that the message can say better than a stack trace. */
    static ProgramException failed(String message, @Nullable Throwable cause) {
        return new ProgramException(ExitCode.FAILED, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
