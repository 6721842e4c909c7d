package io.deploytrace.query;

import io.deploytrace.query.StepChange.Change;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in one sentence what policies and checks say otherwise than when the release target was last deployed to. */
final class ChangeSentences {

    private static final int NAMED = 3;
    private static final int SPOKEN_VALUES = 2;
    private static final int LONGEST_VALUE = 40;

    private ChangeSentences() {}

    /** Empty when nothing can be said. */
    static String since(List<StepChange> changes, Why why) {
        var cause = why.cause();
        var causeId = cause == null ? null : cause.span().spanId();
        var rest = changes.size() - NAMED;
        return changes.stream()
                .sorted(Comparator.comparing((StepChange change) -> !isOf(causeId, change))
                        .thenComparing(change -> !StepWords.isAgainst(change.latest())))
                .limit(NAMED)
                .map(change -> clause(change) + (isOf(causeId, change) ? values(change) : ""))
                .collect(Collectors.joining("; ", "Since then: ", rest > 0 ? "; and " + rest + " more changed." : "."));
    }

    private static boolean isOf(@Nullable String spanId, StepChange change) {
        return change.b() != null && change.b().span().spanId().equals(spanId);
    }

    private static String clause(StepChange change) {
        return switch (change.change()) {
            case APPEARED -> StepWords.nameAndVerdict(change) + " is new";
            case VANISHED -> StepWords.nameAndVerdict(change) + " wasn't looked at this time";
            case FLIPPED, CHANGED, SAME ->
                change.kind() == StepKind.CHECK ? check(change) : StepWords.nameAndVerdicts(change);
        };
    }

    private static String check(StepChange change) {
        var passes = !StepWords.isAgainst(change.latest());
        return Spoken.line(change.latest().span().name()) + (passes ? " failed, passes now" : " passed, fails now");
    }

    /** What it looked at, as far as that is short. */
    private static String values(StepChange change) {
        var values = change.metadata().stream()
                .filter(value -> !Remedy.isApprover(value.key()) && isShort(value.a()) && isShort(value.b()))
                .limit(SPOKEN_VALUES)
                .map(value -> Spoken.line(value.key()).replace('_', ' ') + " was " + value.a() + ", is " + value.b())
                .map(Spoken::line)
                .collect(Collectors.joining("; "));
        return values.isEmpty() || change.change() != Change.FLIPPED ? "" : " (" + values + ")";
    }

    private static boolean isShort(@Nullable Object value) {
        return value != null
                && !(value instanceof List<?>)
                && Objects.toString(value).length() <= LONGEST_VALUE;
    }
}
