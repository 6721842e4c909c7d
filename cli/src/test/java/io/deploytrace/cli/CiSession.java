package io.deploytrace.cli;

import java.util.stream.Collectors;

/** What a shell shows of a step: commands behind a {@code $}, below each what it prints. */
final class CiSession {

    private static final String PROMPT = "$ ";

    private CiSession() {}

    /** A script that shows and runs the commands. */
    static String script(String session) {
        return session.lines()
                .filter(line -> line.startsWith(PROMPT))
                .map(line -> "printf '%s\\n' " + Environment.shellWord(line) + "\n" + line.substring(PROMPT.length()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** With what is otherwise each time: ids, ports, times, and the spaces that make up for their lengths. */
    static String settled(String text) {
        return text.replaceAll("\\b[0-9a-f]{32}\\b", "ID")
                .replaceAll("\\b[0-9a-f]{16}\\b", "ID")
                .replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT")
                .replaceAll("[A-Z][a-z]{2} [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} UTC, (just now|[^·\\n]* ago)", "TIME")
                .replaceAll(" <?([0-9]+ m )?[0-9.]+ (ms|s)\\b", " DURATION")
                .replaceAll(" {2,}", " ");
    }
}
