package io.deploytrace.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts how a release stands at its targets into sentences. */
final class FanoutSentences {

    private static final int NAMED = 5;
    private static final Set<Outcome> NEEDS_SOMEONE =
            EnumSet.of(Outcome.FAILED, Outcome.BLOCKED, Outcome.INELIGIBLE, Outcome.WAITING);

    private final Instant now;

    FanoutSentences(Instant now) {
        this.now = now;
    }

    List<String> of(Fanout fanout) {
        var release = Spoken.line(fanout.releaseId());
        if (fanout.groups().isEmpty()) {
            return AbsenceSentences.ofRelease(fanout.releaseId(), fanout.absence());
        }
        var sentences = new ArrayList<String>();
        sentences.add(headline(fanout, release));
        fanout.groups().forEach(group -> sentences.add(sentence(group)));
        addSince(fanout, sentences);
        addAsk(fanout, sentences);
        if (fanout.isCut()) {
            sentences.add("There are more targets: these are the first by name.");
        }
        return List.copyOf(sentences);
    }

    private static String headline(Fanout fanout, String release) {
        Map<Outcome, Integer> counts = new LinkedHashMap<>();
        fanout.groups()
                .forEach(group -> counts.merge(group.outcome(), group.targets().size(), Integer::sum));
        var deployed = counts.getOrDefault(Outcome.DEPLOYED, 0);
        counts.remove(Outcome.DEPLOYED);
        var others = new StringBuilder();
        counts.forEach((outcome, count) ->
                others.append(", ").append(Spoken.number(count)).append(' ').append(outcome.value()));
        return release + " is deployed to " + Spoken.number(deployed) + " of " + targets(fanout.targets()) + others
                + ".";
    }

    private static String targets(int count) {
        return Spoken.number(count) + (count == 1 ? " target" : " targets");
    }

    private String sentence(FanoutGroup group) {
        var targets = group.targets();
        var cause = group.cause();
        var message = cause == null ? null : cause.message();
        return Spoken.number(targets.size()) + " " + StateWords.of(group.outcome(), cause == null ? null : cause.name())
                + firstTried(group) + ": "
                + names(targets.stream().map(FanoutTarget::releaseTargetKey).toList()) + "."
                + (message == null || message.isBlank() ? "" : says(targets.size()) + Spoken.sentence(message));
    }

    private static String says(int count) {
        return count == 1 ? " It says: " : " They say: ";
    }

    /** Where it was tried first; a release that got there waits no more. */
    private String firstTried(FanoutGroup group) {
        var first = group.targets().stream().map(FanoutTarget::since).min(Instant::compareTo);
        return group.outcome() == Outcome.DEPLOYED
                ? ""
                : first.map(time -> " (first tried " + Spoken.time(time, now) + ")")
                        .orElse("");
    }

    private static String names(List<String> all) {
        var named =
                String.join(", ", all.stream().limit(NAMED).map(Spoken::line).toList());
        return all.size() <= NAMED ? named : named + " and " + Spoken.number(all.size() - NAMED) + " more";
    }

    /** What became since of targets at which the newest trace is of another release. */
    private static void addSince(Fanout fanout, List<String> sentences) {
        var movedOn = others(fanout, FanoutTarget::supersededBy, "%s to %s");
        if (!movedOn.isEmpty()) {
            sentences.add(
                    "Since then " + targets(movedOn.size()) + " moved on to another release: " + names(movedOn) + ".");
        }
        var tried = others(fanout, FanoutTarget::triedSince, "%s (%s)");
        if (!tried.isEmpty()) {
            sentences.add("Since then another release was tried at " + targets(tried.size())
                    + " and isn't deployed there so far: " + names(tried) + ".");
        }
    }

    private static List<String> others(Fanout fanout, Function<FanoutTarget, @Nullable String> release, String words) {
        var others = new ArrayList<String>();
        fanout.groups().stream().flatMap(group -> group.targets().stream()).forEach(target -> {
            var other = release.apply(target);
            if (other != null) {
                others.add(words.formatted(target.releaseTargetKey(), other));
            }
        });
        return others;
    }

    /** Of a target whose newest trace is of another release, why would answer about that one. */
    private static void addAsk(Fanout fanout, List<String> sentences) {
        fanout.groups().stream()
                .filter(group -> NEEDS_SOMEONE.contains(group.outcome()))
                .flatMap(group -> group.targets().stream())
                .filter(target -> target.supersededBy() == null && target.triedSince() == null)
                .findFirst()
                .ifPresent(target -> sentences.add("Ask why of a target, such as "
                        + Spoken.line(target.releaseTargetKey()) + ": the answer says who or what clears it."));
    }
}
