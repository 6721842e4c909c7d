package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.CicdKeys;
import io.deploytrace.vocabulary.OtelKeys;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.SpanNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was noted on a span beside the words that Deploytrace itself writes: attributes of its own, the configuration of a job, and what
 * its events say.
 */
public final class Metadata {

    static final String EXCEPTION_EVENT = "exception";

    /** What the span's status and message say already. */
    private static final Set<String> REPEATED = Set.of(CicdKeys.TASK_RUN_RESULT, CicdKeys.EXIT_CODE);

    private Metadata() {}

    /**
     * Whether an attribute is the span's own: neither one of the vocabulary, nor one that says how the span came here, such as the
     * resource that a job's exporter adds to all spans alike; nor what the span's status and message say already.
     */
    public static boolean isOwn(Span span, String key) {
        var isResource = key.startsWith(OtelKeys.RESOURCE_PREFIX)
                && Phase.EXTERNAL.value().equals(span.phase());
        return !key.startsWith(AttributeKeys.PREFIX)
                && !key.startsWith(OtelKeys.PREFIX)
                && !isResource
                && !REPEATED.contains(key);
    }

    /**
     * All values by their key: a job's configuration under {@code job_config.KEY}; of a key with several values, such as one event
     * for each approver, the list of them. Verdicts and exceptions are left out. Unmodifiable.
     */
    static Map<String, Object> of(Span span) {
        Map<String, List<Object>> noted = new LinkedHashMap<>();
        span.attributes().asMap().forEach((key, value) -> {
            if (key.startsWith(AttributeKeys.JOB_CONFIG_PREFIX)) {
                add(noted, key.substring(AttributeKeys.PREFIX.length()), value);
            } else if (isOwn(span, key)) {
                add(noted, key, value);
            }
        });
        for (var event : span.events()) {
            if (!event.name().equals(SpanNames.RESULT_EVENT) && !event.name().equals(EXCEPTION_EVENT)) {
                event.attributes().asMap().forEach((key, value) -> add(noted, key, value));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        noted.forEach((key, all) -> values.put(key, all.size() == 1 ? all.get(0) : List.copyOf(all)));
        return values;
    }

    private static void add(Map<String, List<Object>> noted, String key, Object value) {
        noted.computeIfAbsent(key, first -> new ArrayList<>(1)).add(value);
    }

    /** What isn't the same, in the order of the first and then of the second. */
    static List<ValueChange> changes(Map<String, Object> a, Map<String, Object> b) {
        var keys = new LinkedHashSet<>(a.keySet());
        keys.addAll(b.keySet());
        var changes = new ArrayList<ValueChange>();
        for (var key : keys) {
            if (!Objects.equals(a.get(key), b.get(key))) {
                changes.add(new ValueChange(key, a.get(key), b.get(key)));
            }
        }
        return changes;
    }
}
