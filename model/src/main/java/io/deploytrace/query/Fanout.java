package io.deploytrace.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a release stands at every release target it concerns.
 *
 * @param releaseId the release; not null
 * @param groups what needs someone first: failed, blocked, ineligible, waiting, running, skipped, deployed; of one outcome the largest first,
 *     then by rule or name. Not null, unmodifiable, empty when no target is known for the release
 * @param isCut whether there are more targets than were looked at
 * @param absence what may be why no target is known; not null
 */
public record Fanout(String releaseId, List<FanoutGroup> groups, boolean isCut, NotOnRecord absence) {

    private static final List<Outcome> MOST_URGENT_FIRST = List.of(
            Outcome.FAILED,
            Outcome.BLOCKED,
            Outcome.INELIGIBLE,
            Outcome.WAITING,
            Outcome.RUNNING,
            Outcome.SKIPPED,
            Outcome.DEPLOYED);

    private static final Comparator<FanoutGroup> ORDER = Comparator.comparing(
                    (FanoutGroup group) -> MOST_URGENT_FIRST.indexOf(group.outcome()))
            .thenComparing(group -> -group.targets().size())
            .thenComparing(Fanout::subject);

    /** Copies the groups. */
    public Fanout {
        Objects.requireNonNull(releaseId, "releaseId");
        Objects.requireNonNull(absence, "absence");
        groups = List.copyOf(groups);
    }

    /** The same, with what may be why no target is known. */
    public Fanout with(NotOnRecord other) {
        return new Fanout(releaseId, groups, isCut, other);
    }

    private record Kind(Outcome outcome, @Nullable String subject) {}

    /**
     * Groups the targets. Takes time linear in their number, beside sorting the groups.
     *
     * @param targets each target once, by key
     */
    public static Fanout of(String releaseId, Collection<FanoutTarget> targets, boolean isCut) {
        Map<Kind, List<FanoutTarget>> kinds = new LinkedHashMap<>();
        for (var target : targets) {
            var latest = target.latest();
            kinds.computeIfAbsent(new Kind(latest.outcome(), latest.subject()), kind -> new ArrayList<>())
                    .add(target);
        }
        var groups = kinds.values().stream().map(Fanout::group).sorted(ORDER).toList();
        return new Fanout(releaseId, groups, isCut, NotOnRecord.UNEXPLAINED);
    }

    private static FanoutGroup group(List<FanoutTarget> alike) {
        var first = alike.get(0).latest();
        var cause = first.cause();
        return new FanoutGroup(first.outcome(), cause == null ? null : shared(cause, alike), alike);
    }

    private static Cause shared(Cause cause, List<FanoutTarget> alike) {
        var isShared =
                alike.stream().allMatch(target -> saysTheSame(target.latest().cause(), cause));
        return isShared ? cause : new Cause(cause.spanId(), cause.rule(), cause.name(), null);
    }

    private static boolean saysTheSame(@Nullable Cause one, Cause other) {
        return one != null && Objects.equals(one.message(), other.message());
    }

    private static String subject(FanoutGroup group) {
        return Objects.requireNonNullElse(group.targets().get(0).latest().subject(), "");
    }

    /** How many targets there are in all groups. */
    public int targets() {
        return groups.stream().mapToInt(group -> group.targets().size()).sum();
    }

    /**
     * The answer as a person would tell it: how many targets there are, a sentence for each group, and who has moved on to another release.
     *
     * @param now the time from which times are told
     */
    public List<String> lines(Instant now) {
        return new FanoutSentences(now).of(this);
    }
}
