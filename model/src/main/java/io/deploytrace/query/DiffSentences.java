package io.deploytrace.query;

import io.deploytrace.query.StepChange.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the differences of two traces into at most 19 sentences, what explains the most first. */
final class DiffSentences {

    /** So many steps are spoken of one by one, of each kind of difference; and so many are named of those that came or went. */
    private static final int SPOKEN = 5;

    private static final int SPOKEN_CHANGED = 3;
    private static final int SPOKEN_DURATIONS = 2;

    private static final Comparator<StepChange> BY_WEIGHT = Comparator.comparing(
                    (StepChange step) -> !StepWords.isAgainst(step.latest()))
            .thenComparing(step -> switch (step.kind()) {
                case EVALUATION, CHECK -> 0;
                case JOB, ACTION, OTHER -> 1;
                case DECISION -> 2;
                case PHASE -> 3;
            });

    private final Instant now;

    DiffSentences(Instant now) {
        this.now = now;
    }

    List<String> of(Diff diff) {
        var a = diff.a().summary();
        var b = diff.b().summary();
        if (a.traceId().equals(b.traceId())) {
            return List.of("Both are the same trace.", trace(diff.b()));
        }
        var sentences = new ArrayList<String>();
        if (!Objects.equals(a.releaseTargetKey(), b.releaseTargetKey())) {
            sentences.add("These are traces of two release targets: " + target(a) + " and " + target(b) + ".");
        }
        sentences.add(trace(diff.a()));
        sentences.add(trace(diff.b()));
        sentences.addAll(changes(diff));
        return List.copyOf(sentences);
    }

    private static String target(TraceSummary trace) {
        return trace.releaseTargetKey() == null ? "one that isn't named" : Spoken.line(trace.releaseTargetKey());
    }

    private String trace(Why why) {
        var trigger = why.summary().trigger();
        return Spoken.time(why.summary().startTime(), now) + ": "
                + StateWords.release(why.summary().releaseId()) + " " + StateWords.of(why)
                + (trigger == null ? "." : " (" + Spoken.line(trigger) + ").");
    }

    /** What changed from a to b, without saying which traces these are. */
    static List<String> changes(Diff diff) {
        var sentences = new ArrayList<String>();
        addFlipped(diff, sentences);
        addChanged(diff, sentences);
        addNames(weighed(diff, Change.APPEARED), "New: ", StepWords::nameAndVerdict, sentences);
        addVanished(diff, sentences);
        if (sentences.isEmpty()) {
            sentences.add(nothing(diff));
        }
        addDurations(diff, sentences);
        if (diff.isOutlined()) {
            sentences.add(outlined(diff.unlisted()));
        }
        return List.copyOf(sentences);
    }

    private static String outlined(int unlisted) {
        return "These traces are so large that only verdicts were compared"
                + (unlisted == 0 ? "." : ", and " + Spoken.number(unlisted) + " more steps differ than are told here.");
    }

    private static List<StepChange> weighed(Diff diff, Change change) {
        return diff.steps().stream()
                .filter(step -> step.change() == change)
                .sorted(BY_WEIGHT)
                .toList();
    }

    /** Phases and decisions go with what is in them, and come and go with it. */
    private static boolean isTelling(StepChange step) {
        return step.kind() != StepKind.PHASE && step.kind() != StepKind.DECISION;
    }

    private static List<StepChange> tellingOr(List<StepChange> all) {
        var telling = all.stream().filter(DiffSentences::isTelling).toList();
        return telling.isEmpty() ? all : telling;
    }

    private static void addFlipped(Diff diff, List<String> sentences) {
        var steps = tellingOr(weighed(diff, Change.FLIPPED));
        steps.stream().limit(SPOKEN).map(StepWords::difference).forEach(sentences::add);
        addRest(steps.size() - SPOKEN, " went otherwise.", sentences);
    }

    /** What a step says when it passes says nothing new; what it looked at may. */
    private static void addChanged(Diff diff, List<String> sentences) {
        var steps = weighed(diff, Change.CHANGED).stream()
                .filter(DiffSentences::isTelling)
                .filter(step ->
                        StepWords.isAgainst(step.latest()) || !step.metadata().isEmpty())
                .toList();
        steps.stream().limit(SPOKEN_CHANGED).map(StepWords::difference).forEach(sentences::add);
        addRest(steps.size() - SPOKEN_CHANGED, " noted something else.", sentences);
    }

    private static void addRest(int rest, String what, List<String> sentences) {
        if (rest > 0) {
            sentences.add(Spoken.number(rest) + " more " + (rest == 1 ? "step" : "steps") + what);
        }
    }

    /** A step isn't gone if one that was stopped, or is under way, didn't get to its phase. */
    private static void addVanished(Diff diff, List<String> sentences) {
        var outcome = diff.b().outcome();
        var reached = phases(diff);
        var gone = weighed(diff, Change.VANISHED).stream()
                .collect(Collectors.partitioningBy(step -> outcome == Outcome.DEPLOYED
                        || (outcome != Outcome.RUNNING
                                && reached.contains(step.latest().span().phase()))));
        addNames(gone.getOrDefault(true, List.of()), "Gone: ", StepWords::nameAndVerdict, sentences);
        var notReached = outcome == Outcome.RUNNING ? "Not reached so far: " : "Not reached: ";
        addNames(gone.getOrDefault(false, List.of()), notReached, StepWords::name, sentences);
    }

    /** Those of which the second trace has a step. */
    private static Set<@Nullable String> phases(Diff diff) {
        Set<@Nullable String> phases = new HashSet<>();
        for (var step : diff.steps()) {
            if (step.b() != null) {
                phases.add(step.latest().span().phase());
            }
        }
        return phases;
    }

    private static void addNames(
            List<StepChange> steps, String start, Function<StepChange, String> name, List<String> sentences) {
        if (!steps.isEmpty()) {
            var named = tellingOr(steps);
            var rest = named.size() - SPOKEN;
            var end = rest > 0 ? " and " + Spoken.number(rest) + " more." : ".";
            sentences.add(named.stream().limit(SPOKEN).map(name).collect(Collectors.joining(", ", start, end)));
        }
    }

    private static String nothing(Diff diff) {
        return diff.steps().stream().allMatch(step -> step.change() == Change.SAME)
                ? "No step went otherwise: the same verdicts, for the same reasons."
                : "The same verdicts; only what some steps say differs.";
    }

    private static void addDurations(Diff diff, List<String> sentences) {
        diff.steps().stream()
                .filter(StepWords::isWorthTiming)
                .sorted(Comparator.comparing(StepWords::gap).reversed())
                .limit(SPOKEN_DURATIONS)
                .map(StepWords::timing)
                .forEach(sentences::add);
    }
}
