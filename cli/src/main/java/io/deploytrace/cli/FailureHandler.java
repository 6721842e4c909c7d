package io.deploytrace.cli;

import io.deploytrace.store.SpanStoreException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong, in one message on standard error, and chooses the exit code. */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Environment environment;
    private final DeploytraceCommand root;

    FailureHandler(Environment environment, DeploytraceCommand root) {
        this.environment = environment;
        this.root = root;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        return usage(exception);
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parseResult) {
        if (exception instanceof ParameterException wrongUsage) {
            return usage(wrongUsage);
        }
        var exitCode = exitCode(exception);
        err().println("deploytrace: "
                + (exitCode == ExitCode.USAGE ? explained(message(exception), command) : message(exception)));
        if (root.verbose()) {
            exception.printStackTrace(err());
        }
        return exitCode;
    }

    private int usage(ParameterException exception) {
        var command = exception.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        err().println("deploytrace" + name.substring(environment.program().length()) + ": "
                + explained(message(exception), command));
        UnmatchedArgumentException.printSuggestions(exception, err());
        err().println("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }

    private static String explained(String message, CommandLine command) {
        return command.getDefaultValueProvider() instanceof ServeConfiguration configuration
                ? new SettingProblems(command.getCommandSpec(), configuration).explain(message)
                : message;
    }

    private static int exitCode(Exception exception) {
        if (exception instanceof ProgramException known) {
            return known.exitCode();
        }
        return exception instanceof SpanStoreException failure ? exitCode(failure.reason()) : ExitCode.FAILED;
    }

    private static int exitCode(SpanStoreException.Reason reason) {
        return switch (reason) {
            case UNAVAILABLE, OVERLOADED, DEADLINE_PASSED, NOT_READY -> ExitCode.UNREACHABLE;
            case UNKNOWN_WORKSPACE -> ExitCode.NOT_FOUND;
            case INVALID_SPAN, CONFLICT, OTHER -> ExitCode.FAILED;
        };
    }

    private static String message(Exception exception) {
        if (exception instanceof ProgramException || exception instanceof SpanStoreException) {
            return String.valueOf(exception.getMessage());
        }
        return "unexpected error: " + exception + "\nRun the command with --verbose for the details.";
    }

    /** picocli counts arguments where a person names a command. */
    private static String message(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !exception.getCommandLine().getSubcommands().isEmpty()) {
            return "Unknown command: '" + unmatched.getUnmatched().get(0) + "'";
        }
        return String.valueOf(exception.getMessage());
    }

    private PrintWriter err() {
        return environment.err();
    }
}
