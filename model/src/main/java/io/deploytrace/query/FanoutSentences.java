package io.deploytrace.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
            return List.of(
                    "No reconcile of " + release + " was ever recorded.",
                    "Check the id of the release, and that its controllers record to this database.");
        }
        var sentences = new ArrayList<String>();
        sentences.add(headline(fanout, release));
        fanout.groups().forEach(group -> sentences.add(sentence(group)));
        addMovedOn(fanout, sentences);
        if (fanout.groups().stream().anyMatch(group -> NEEDS_SOMEONE.contains(group.outcome()))) {
            sentences.add("Ask why of a target: the answer says who or what clears it.");
        }
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

    private static void addMovedOn(Fanout fanout, List<String> sentences) {
        var movedOn = fanout.groups().stream()
                .flatMap(group -> group.targets().stream())
                .filter(target -> target.supersededBy() != null)
                .map(target -> target.releaseTargetKey() + " to " + target.supersededBy())
                .toList();
        if (!movedOn.isEmpty()) {
            sentences.add(
                    "Since then " + targets(movedOn.size()) + " moved on to another release: " + names(movedOn) + ".");
        }
    }
}
