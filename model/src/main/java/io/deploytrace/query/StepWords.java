package io.deploytrace.query;

import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of a step between two traces, in words. */
final class StepWords {

    private static final int SPOKEN_VALUES = 3;
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int MUCH_LONGER = 2;
    private static final Set<String> AGAINST =
            Set.of(Status.BLOCKED.value(), Status.PENDING.value(), Status.FAILED.value());

    private StepWords() {}

    static boolean isAgainst(StepState state) {
        return state.verdict() != null && AGAINST.contains(state.verdict());
    }

    static String name(StepChange step) {
        var span = step.latest().span();
        var isDecision = step.kind() == StepKind.DECISION && span.phase() != null;
        var subject = isDecision ? "Decision of " + span.phase() : span.name();
        return Spoken.line(subject) + (step.isLinked() ? " in the job" : "");
    }

    private static String verdict(StepChange step, StepState state) {
        var verdict = state.verdict();
        if (verdict == null) {
            return "without a verdict";
        }
        var isCheck = step.kind() == StepKind.CHECK;
        var isDecision = step.kind() == StepKind.DECISION;
        if (verdict.equals(Status.COMPLETED.value())) {
            return isCheck ? "passed" : isDecision ? "approved" : verdict;
        }
        return isDecision && verdict.equals(Status.FAILED.value()) ? "rejected" : Spoken.line(verdict);
    }

    static String nameAndVerdict(StepChange step) {
        return name(step) + " (" + verdict(step, step.latest()) + ")";
    }

    /** Of a step that both traces have: verdicts, metadata, message. */
    static String difference(StepChange step) {
        var a = Objects.requireNonNull(step.a());
        var b = Objects.requireNonNull(step.b());
        var verdicts = step.change() == StepChange.Change.FLIPPED
                ? ": " + verdict(step, a) + " before, " + verdict(step, b) + " now"
                : ": " + verdict(step, b) + " as before";
        return name(step) + verdicts + values(step.metadata()) + "." + message(a, b);
    }

    /** {@code Approval Policy was allowed, is blocked}, of a step that both traces have. */
    static String nameAndVerdicts(StepChange step) {
        var a = verdict(step, Objects.requireNonNull(step.a()));
        var b = verdict(step, Objects.requireNonNull(step.b()));
        return name(step)
                + (step.change() == StepChange.Change.FLIPPED ? " was " + a + ", is " + b : " is " + b + " as before");
    }

    private static String values(List<ValueChange> changes) {
        var spoken = changes.stream().limit(SPOKEN_VALUES).map(StepWords::value).collect(Collectors.joining());
        var rest = changes.size() - SPOKEN_VALUES;
        return rest > 0 ? spoken + "; " + rest + (rest == 1 ? " more value differs" : " more values differ") : spoken;
    }

    private static String value(ValueChange change) {
        var key = "; " + Spoken.line(change.key());
        if (change.b() == null) {
            return key + " was " + spoken(change.a()) + ", is gone";
        }
        return change.a() == null
                ? key + " is new: " + spoken(change.b())
                : key + " was " + spoken(change.a()) + ", is " + spoken(change.b());
    }

    private static String spoken(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(StepWords::spoken).collect(Collectors.joining(", "));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> Spoken.line(String.valueOf(entry.getKey())) + ": " + spoken(entry.getValue()))
                    .collect(Collectors.joining(", ", "(", ")"));
        }
        return Spoken.line(String.valueOf(value));
    }

    private static String message(StepState a, StepState b) {
        var isNews = !Objects.equals(a.verdict(), b.verdict()) || isAgainst(b);
        return !isNews || b.message() == null || Objects.equals(a.message(), b.message())
                ? ""
                : " It says: " + Spoken.sentence(b.message());
    }

    /** Whether one took at least twice as long as the other, and a second longer. */
    static boolean isWorthTiming(StepChange step) {
        var a = step.a() == null ? null : step.a().duration();
        var b = step.b() == null ? null : step.b().duration();
        if (a == null || b == null || step.kind() == StepKind.PHASE || gap(step).compareTo(SHORT) < 0) {
            return false;
        }
        return longer(a, b).compareTo(shorter(a, b).multipliedBy(MUCH_LONGER)) >= 0;
    }

    static Duration gap(StepChange step) {
        var a = Objects.requireNonNull(Objects.requireNonNull(step.a()).duration());
        return a.minus(Objects.requireNonNull(Objects.requireNonNull(step.b()).duration()))
                .abs();
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? b : a;
    }

    static String timing(StepChange step) {
        var a = Objects.requireNonNull(Objects.requireNonNull(step.a()).duration());
        var b = Objects.requireNonNull(Objects.requireNonNull(step.b()).duration());
        return name(step) + " took " + spoken(b) + ", " + spoken(a) + " before.";
    }

    private static String spoken(Duration duration) {
        return duration.compareTo(SHORT) < 0 ? "under 1 s" : Spoken.duration(duration);
    }
}
