package io.deploytrace.query;

import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two traces took the same path to the same verdicts: a hash over the node type, rule or name, and verdict of
 * each step in sequence. Messages, times, ids and triggers don't matter; therefore a decision, whose name is a message,
 * and a phase, whose name may hold the trigger, go by their phase. Of a rule or name counts as much as an {@link Outline} keeps.
 */
final class Fingerprint {

    private static final String VERSION = "v1:";
    private static final int BYTES = 16;
    private static final int USUAL_STEP = 48;

    private Fingerprint() {}

    /** {@code v1:} and 32 hex digits. */
    static String of(List<Step> steps) {
        var path = new StringBuilder(steps.size() * USUAL_STEP);
        for (var step : steps) {
            var status = step.status();
            add(path, step.span().nodeType());
            add(path, subject(step));
            add(path, status == null ? step.span().status() : status.value());
        }
        var digest = sha256().digest(path.toString().getBytes(StandardCharsets.UTF_8));
        return VERSION + HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static @Nullable String subject(Step step) {
        var span = step.span();
        if (step.is(NodeType.DECISION) || step.is(NodeType.PHASE)) {
            return span.phase();
        }
        var rule = span.attributes().getString(AttributeKeys.RULE_ID);
        return Outline.cut(rule == null ? span.name() : rule);
    }

    private static void add(StringBuilder path, @Nullable String text) {
        if (text != null) {
            path.append(text);
        }
        path.append('\0');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
