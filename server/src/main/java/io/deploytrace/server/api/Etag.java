package io.deploytrace.server.api;

import io.deploytrace.store.StoredTrace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The strong validator of a trace with those linked to it: another one as soon as one of them is written to, or the program that writes
 * the JSON is another. It is handed out for complete traces alone, so that whoever sends one back has a complete trace.
 *
 * @param text the validator in quotes
 */
record Etag(String text) {

    private static final int BYTES = 16;

    static Etag of(StoredTrace trace, List<StoredTrace> linked) {
        var content = new StringBuilder(Version.CURRENT);
        Stream.concat(Stream.of(trace), linked.stream())
                .forEach(each -> content.append('\n')
                        .append(each.summary().workspaceId())
                        .append(each.summary().traceId())
                        .append(each.createdAt())
                        .append(each.revision()));
        var hash = Arrays.copyOf(sha256(content.toString()), BYTES);
        return new Etag('"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"');
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The one of the validators in {@code If-None-Match} that is this one, in whatever coding; empty if none is. */
    Optional<String> among(@Nullable String ifNoneMatch) {
        return ifNoneMatch == null
                ? Optional.empty()
                : Stream.of(ifNoneMatch.split(",", -1))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .filter(tag -> tag.equals(text) || tag.equals(Answer.gzipped(text)))
                        .findFirst();
    }
}
