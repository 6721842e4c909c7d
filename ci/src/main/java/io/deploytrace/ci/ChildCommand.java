package io.deploytrace.ci;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command that is run with this process's own input, output and errors. Signals that tell this process to end go on to the command, and this
 * process stays until the command has ended.
 */
final class ChildCommand {

    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final int SIGNALLED = 128;
    private static final int MOST_SIGNALLED = SIGNALLED + 31;

    /** The {@code LC_ALL} that the launcher found, before it set one for Java. */
    private static final String LOCALE_PROPERTY = "deploytrace.locale";

    private static final String LOCALE = "LC_ALL";

    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private final List<String> command;
    private final boolean terminal;
    private volatile @Nullable Process process;
    private volatile @Nullable String signal;

    /** @param terminal whether there is a terminal, which sends Ctrl-C to the command by itself */
    ChildCommand(List<String> command, boolean terminal) {
        this.command = command;
        this.terminal = terminal;
    }

    /**
     * How it ended.
     *
     * @param exitCode as a shell tells it: 127 where there is no such command, 128 plus the number of the signal that ended it
     * @param message what to say of it; null if it succeeded
     * @param signal the signal that came here and ended it; null if none did
     * @param started whether it ran at all
     */
    record Ended(
            int exitCode,
            @Nullable String message,
            @Nullable String signal,
            boolean started) {}

    /** Runs it with these variables beside this process's own. */
    Ended run(Map<String, String> variables) {
        var handlers = takeSignals();
        try {
            var started = start(variables);
            process = started;
            var early = signal;
            if (early != null) {
                SignalHandlers.send(early, started.toHandle());
            }
            return ended(started.onExit().join().exitValue());
        } catch (IOException e) {
            return notStarted();
        } finally {
            handlers.close();
        }
    }

    /** None of a JVM that was told to leave them alone ({@code -Xrs}): they end this process, and not the command. */
    private SignalHandlers takeSignals() {
        try {
            return SignalHandlers.take(this::forward, "HUP", "INT", "TERM");
        } catch (IllegalStateException e) {
            return SignalHandlers.none();
        }
    }

    private Process start(Map<String, String> variables) throws IOException {
        var builder = new ProcessBuilder(command).inheritIO();
        var environment = builder.environment();
        restoreLocale(environment);
        environment.putAll(variables);
        return builder.start();
    }

    private static void restoreLocale(Map<String, String> environment) {
        var locale = System.getProperty(LOCALE_PROPERTY);
        if (locale != null && locale.isEmpty()) {
            environment.remove(LOCALE);
        } else if (locale != null) {
            environment.put(LOCALE, locale);
        }
    }

    private Ended ended(int exitCode) {
        var came = signal;
        if (came != null && exitCode == SIGNALLED + SIGNALS.getOrDefault(came, 0)) {
            return new Ended(exitCode, "ended by signal " + came, came, true);
        }
        if (exitCode == 0) {
            return new Ended(0, null, null, true);
        }
        var killed =
                exitCode > SIGNALLED && exitCode <= MOST_SIGNALLED ? " (signal " + (exitCode - SIGNALLED) + ")" : "";
        return new Ended(exitCode, "exit code " + exitCode + killed, null, true);
    }

    private Ended notStarted() {
        var name = command.get(0);
        var there = name.indexOf(File.separatorChar) >= 0 && new File(name).exists();
        return there
                ? new Ended(NOT_EXECUTABLE, name + " can't be executed", null, false)
                : new Ended(NOT_FOUND, name + " isn't there", null, false);
    }

    private void forward(String name) {
        signal = name;
        var running = process;
        if (running != null && !(terminal && name.equals("INT"))) {
            SignalHandlers.send(name, running.toHandle());
        }
    }
}
