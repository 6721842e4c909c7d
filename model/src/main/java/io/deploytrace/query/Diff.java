package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How two traces differ, those linked to them included. Times and ids don't count, and how long a step took is told but is no difference.
 *
 * <p>Steps are alike by these rules, each step at most once:
 *
 * <ol>
 *   <li>Steps of one kind that name the same rule: the first with the first, the second with the second, and so on.
 *   <li>Of those left over, each of the second trace in turn with the first that is left of its kind and name, within the same action or,
 *       outside one, the same phase. Steps that name two different rules are not alike. A phase and a decision, whose names hold a
 *       trigger or a message, go by their phase alone.
 *   <li>Of the jobs, actions and other steps still left over, likewise by name and place with the numbers in them left out:
 *       {@code deploy.yml #41} is like {@code deploy.yml #42}.
 * </ol>
 *
 * Steps of linked traces are alike to those of linked traces only.
 *
 * @param a the first trace; not null
 * @param b the second trace; not null
 * @param fields what of the traces themselves isn't the same, among {@code releaseTarget}, {@code release}, {@code outcome} (linked traces
 *     included) and {@code trigger}; not null, unmodifiable
 * @param steps the steps of the second trace in sequence, then those of its linked ones; one that isn't in it stands behind that behind
 *     which it stands in the first trace. Not null, unmodifiable
 * @param isOutlined whether the traces are so large that verdicts alone were compared: what was noted and said with the same verdict doesn't
 *     count, and steps that are the same aren't listed
 * @param unlisted how many further steps differ that aren't listed; 0 unless it is outlined
 */
public record Diff(Why a, Why b, List<ValueChange> fields, List<StepChange> steps, boolean isOutlined, int unlisted) {

    /** Copies the lists. */
    public Diff {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        fields = List.copyOf(fields);
        steps = List.copyOf(steps);
    }

    /**
     * The differences of two traces from their spans, and from those of the traces linked to each. Takes time linear in their number, beside
     * sorting.
     *
     * @throws IllegalArgumentException as {@link Why#of} does
     */
    public static Diff of(Collection<Span> a, Collection<Span> b) {
        var whyA = Why.of(a);
        var whyB = Why.of(b);
        return new Diff(
                whyA,
                whyB,
                Metadata.changes(fields(whyA), fields(whyB)),
                StepChanges.of(TraceLinks.of(a), TraceLinks.of(b)),
                false,
                0);
    }

    private static Map<String, Object> fields(Why why) {
        Map<String, Object> fields = new LinkedHashMap<>();
        putIfThere(fields, "releaseTarget", why.summary().releaseTargetKey());
        putIfThere(fields, "release", why.summary().releaseId());
        putIfThere(fields, "outcome", why.outcome().value());
        putIfThere(fields, "trigger", why.summary().trigger());
        return fields;
    }

    private static void putIfThere(Map<String, Object> fields, String key, @Nullable String value) {
        if (value != null) {
            fields.put(key, value);
        }
    }

    /**
     * The same, made of {@linkplain Outline outlines}: without the steps that are the same, and at most so many of the others.
     */
    public Diff outlined(int maximumSteps) {
        var differing = steps.stream()
                .filter(step -> step.change() != StepChange.Change.SAME)
                .toList();
        var listed = differing.subList(0, Math.min(maximumSteps, differing.size()));
        return new Diff(a, b, fields, listed, true, differing.size() - listed.size());
    }

    /** Whether neither the traces themselves nor any of their steps differ. */
    public boolean isSame() {
        return fields.isEmpty()
                && unlisted == 0
                && steps.stream().allMatch(step -> step.change() == StepChange.Change.SAME);
    }

    /**
     * The answer as a person would tell it, in at most 19 sentences: the two traces, then what differs from the first to the second, what
     * explains the most first.
     *
     * @param now the time from which times are told
     */
    public List<String> lines(Instant now) {
        return new DiffSentences(now).of(this);
    }
}
