package io.deploytrace.testkit;

import io.deploytrace.testkit.PostgresMessages.Message;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Follows the conversation of one connection to tell the requests that write, and their answers, from others. */
final class PostgresWrites {

    private static final Pattern WRITE =
            Pattern.compile("\\b(insert\\s+into|update|delete\\s+from|copy|commit)\\b", Pattern.CASE_INSENSITIVE);

    private static final char PARSE = 'P';
    private static final char BIND = 'B';
    private static final char SYNC = 'S';
    private static final char QUERY = 'Q';
    private static final char COMMAND_COMPLETE = 'C';
    private static final char READY = 'Z';
    private static final char IDLE = 'I';

    private final Set<String> writingStatements = new HashSet<>();
    private boolean asksToWrite;
    private boolean awaitsAnswer;
    private boolean commandCompleted;

    /** Where a message of the client stands. */
    synchronized FaultPoint request(Message message) {
        switch (message.type()) {
            case PARSE -> {
                var name = text(message, 0);
                var writes = writes(text(message, name.length() + 1));
                remember(name, writes);
                asksToWrite |= writes;
            }
            case BIND ->
                asksToWrite |= writingStatements.contains(
                        text(message, text(message, 0).length() + 1));
            case QUERY -> asksToWrite |= writes(text(message, 0));
            default -> {}
        }
        return message.type() == SYNC || message.type() == QUERY ? endOfRequest() : FaultPoint.ANYWHERE;
    }

    private FaultPoint endOfRequest() {
        awaitsAnswer = asksToWrite;
        asksToWrite = false;
        return awaitsAnswer ? FaultPoint.WRITE_REQUEST : FaultPoint.ANYWHERE;
    }

    /** Where a message of the server stands. */
    synchronized FaultPoint answer(Message message) {
        commandCompleted |= message.type() == COMMAND_COMPLETE;
        if (message.type() != READY) {
            return FaultPoint.ANYWHERE;
        }
        var committed = awaitsAnswer && commandCompleted && message.bytes()[5] == IDLE;
        awaitsAnswer = false;
        commandCompleted = false;
        return committed ? FaultPoint.WRITE_ANSWER : FaultPoint.ANYWHERE;
    }

    private void remember(String name, boolean writes) {
        if (writes) {
            writingStatements.add(name);
        } else {
            writingStatements.remove(name);
        }
    }

    private static boolean writes(String sql) {
        return WRITE.matcher(sql).find();
    }

    /** The text that begins so many bytes after the header and ends with a zero; names of statements are ASCII. */
    private static String text(Message message, int offset) {
        var bytes = message.bytes();
        var from = Math.min(5 + offset, bytes.length);
        var to = from;
        while (to < bytes.length && bytes[to] != 0) {
            to++;
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
