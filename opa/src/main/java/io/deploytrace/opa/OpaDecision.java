package io.deploytrace.opa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One decision of Open Policy Agent, as an entry of its decision log has it: as OPA uploads it, or prints it to its console. What the
 * entry says was erased is not in here, even if the entry still held it.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class OpaDecision {

    /** The most characters (UTF-16 units) of an entry: whatever is in it, a span can hold it. */
    public static final int MAXIMUM_LENGTH = 2 * 1_048_576;

    /** The most levels of arrays and objects within each other. */
    public static final int MAXIMUM_NESTING = 256;

    private final Map<String, @Nullable Object> values;
    private final String decisionId;
    private final Instant timestamp;
    private final String rule;
    private final Map<String, String> revisions;
    private final List<EntryPath> hidden;

    private OpaDecision(Fields fields) {
        this.decisionId = fields.requiredText("decision_id");
        this.timestamp = fields.requiredTime("timestamp");
        this.rule = rule(fields.text("path"), fields.text("query"));
        this.revisions = fields.revisions();
        Stream.of("revision", "requested_by", "trace_id", "span_id").forEach(fields::text);
        Stream.of("labels", "metrics").forEach(fields::object);
        fields.checkNumber("req_id");
        var erased = fields.paths("erased");
        var masked = fields.paths("masked");
        this.hidden = Stream.concat(erased.stream(), masked.stream()).toList();
        this.values = withoutErased(fields.values(), erased, masked);
    }

    /**
     * Reads an entry.
     *
     * @param entry one JSON object; fields that aren't known are left out
     * @throws InvalidOpaDecisionException if it is no JSON, no entry, larger than {@value #MAXIMUM_LENGTH} characters or nested
     *     deeper than {@value #MAXIMUM_NESTING} levels
     */
    public static OpaDecision parse(String entry) {
        Objects.requireNonNull(entry, "entry");
        return new OpaDecision(Fields.of(JsonEntry.read(entry), ""));
    }

    /**
     * Reads the entries of an upload: an array, as OPA posts it to its log service, unzipped.
     *
     * @throws InvalidOpaDecisionException if one of them can't be read, as {@link #parse} says; the message says which
     */
    public static List<OpaDecision> parseAll(String entries) {
        Objects.requireNonNull(entries, "entries");
        var decisions = new ArrayList<OpaDecision>();
        for (var entry : JsonEntry.readAll(entries)) {
            decisions.add(new OpaDecision(Fields.of(entry, "[" + decisions.size() + "]")));
        }
        return List.copyOf(decisions);
    }

    /** A policy is asked for by its path, or by an ad-hoc query; by neither, for all there is. */
    private static String rule(@Nullable String path, @Nullable String query) {
        var relative = path == null ? "" : path.startsWith("/") ? path.substring(1) : path;
        if (!relative.isEmpty()) {
            return relative;
        }
        return query == null || query.isEmpty() ? "data" : query;
    }

    /** What was first erased and then masked has the value of the mask, and stays. */
    private static Map<String, @Nullable Object> withoutErased(
            Map<String, @Nullable Object> values, List<EntryPath> erased, List<EntryPath> masked) {
        for (var path : erased) {
            if (masked.stream().noneMatch(path::leadsTo)) {
                path.removeFrom(values);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    /** The id that OPA gave the decision, and answered to who asked for it. */
    public String decisionId() {
        return decisionId;
    }

    /** When OPA decided. */
    public Instant timestamp() {
        return timestamp;
    }

    /**
     * What was asked for: the path of the rule without a slash before it, such as {@code deploy/production/allow}; for an
     * ad-hoc query, the query; {@code data} if all documents were asked for.
     */
    public String rule() {
        return rule;
    }

    /** What kept OPA from deciding, as one line of text; null when nothing did. */
    public @Nullable String error() {
        var error = values.get("error");
        return error == null ? null : ErrorText.of(error);
    }

    /** Whether OPA had no result: no rule applied, and none is the default. A result that OPA erased is none that it hadn't. */
    public boolean isUndefined() {
        return !values.containsKey("result") && !isHidden("/result");
    }

    /**
     * What a JSON pointer (RFC 6901) leads to in the entry, such as {@code /result/allow} or {@code /input/environment}: a
     * {@link String}, {@link Number}, {@link Boolean}, {@link List} or {@link Map}, which must not be changed; null when that is
     * null, or there is nothing.
     *
     * @throws IllegalArgumentException if it is no JSON pointer
     */
    public @Nullable Object at(String pointer) {
        return at(EntryPath.ofPointer(pointer));
    }

    /**
     * Whether OPA erased or masked what a JSON pointer (RFC 6901) leads to, something in it, or what it lies in. What is read there
     * isn't what the policy decided.
     *
     * @throws IllegalArgumentException if it is no JSON pointer
     */
    public boolean isHidden(String pointer) {
        var path = EntryPath.ofPointer(pointer);
        return isReplaced(path) || isTouched(path);
    }

    @Nullable Object at(EntryPath path) {
        return path.find(values);
    }

    /** Whether OPA erased or masked what the path leads to, what that lies in, or what decides which element it names. */
    boolean isReplaced(EntryPath path) {
        return hidden.stream().anyMatch(other -> other.leadsTo(path) || other.shifts(path));
    }

    /** Whether OPA erased or masked what the path leads to, something in it, or what it lies in. */
    boolean isTouched(EntryPath path) {
        return hidden.stream().anyMatch(path::overlaps);
    }

    /** A field of the entry, null when it is null or absent. */
    @Nullable Object field(String name) {
        return values.get(name);
    }

    /** The revision of each bundle by the bundle's name, empty where it has none. */
    Map<String, String> revisions() {
        return revisions;
    }

    /** Names the decision. What the policy was asked and what it said aren't in it, since they may be secret. */
    @Override
    public String toString() {
        return "OpaDecision[" + decisionId + ", " + rule + "]";
    }
}
