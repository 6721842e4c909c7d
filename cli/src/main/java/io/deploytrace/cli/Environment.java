package io.deploytrace.cli;

import io.deploytrace.ci.JobCommands;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What surrounds a run of the program. Commands take everything from here, so that a test can stand in for it.
 *
 * @param program how the program was called, for the commands it suggests: a word of a shell
 * @param variables the environment variables
 * @param in standard input
 * @param out standard output: data alone
 * @param err standard error: everything else
 * @param terminal what these are connected to
 * @param clock tells the time
 */
record Environment(
        String program,
        Map<String, String> variables,
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        Terminal terminal,
        Clock clock) {

    /** What the launcher was called by: Java knows the jar alone. */
    private static final String PROGRAM_PROPERTY = "deploytrace.program";

    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w./+@%:,-]+", Pattern.UNICODE_CHARACTER_CLASS);

    /** The environment of this process. */
    static Environment ofProcess() {
        var variables = System.getenv();
        return new Environment(
                shellWord(System.getProperty(PROGRAM_PROPERTY, "deploytrace")),
                variables,
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Terminal.ofProcess(variables),
                Clock.systemUTC());
    }

    /** The text as a shell takes it for one word, quoted if need be. */
    static String shellWord(String text) {
        return PLAIN_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** An environment variable; one that is set to nothing counts as not set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** The commands of CI jobs in this environment. */
    JobCommands jobCommands() {
        return new JobCommands(variables, out, err, clock);
    }

    /** UTF-8 whatever the locale says: containers often have none, and terminals understand it everywhere. */
    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
