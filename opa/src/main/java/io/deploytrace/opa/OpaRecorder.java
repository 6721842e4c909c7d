package io.deploytrace.opa;

import io.deploytrace.recorder.Evaluation;
import io.deploytrace.recorder.PlanningPhase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records decisions of Open Policy Agent as evaluations: the rule, the verdict and why, the input, the revisions of the bundles, and
 * what OPA erased and masked. What the recorder masks, {@link io.deploytrace.recorder.Masking}, is masked here as well.
 *
 * <p>As with all that records, nothing here throws into a deployment: a null argument is logged and does nothing else, and a
 * {@link VerdictReader} that throws leaves an evaluation that failed, with its exception.
 *
 * <p>Immutable and safe for use by several threads, if its reader is.
 */
public final class OpaRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(OpaRecorder.class);

    private static final String UNDECIDED = "opa.undecided";

    private final VerdictReader reader;

    private OpaRecorder(VerdictReader reader) {
        this.reader = reader;
    }

    /** For policies whose result is a boolean: {@link VerdictReader#ofBoolean()}. */
    public static OpaRecorder standard() {
        return new OpaRecorder(VerdictReader.ofBoolean());
    }

    /** For policies whose result means what the reader says. */
    public static OpaRecorder reading(VerdictReader reader) {
        return new OpaRecorder(Objects.requireNonNull(reader, "reader"));
    }

    /**
     * Records the decision as an evaluation of its own, with the rule's path as name, that begins and ends now. When OPA decided, and
     * how long it took, is among its attributes.
     */
    public void record(PlanningPhase planning, OpaDecision decision) {
        if (isNull("planning", planning) || isNull("decision", decision)) {
            return;
        }
        try (var evaluation = planning.startEvaluation(decision.rule())) {
            record(evaluation, decision);
        }
    }

    /** Records the decision into an evaluation that is open: one that was started before OPA was asked lasts as long as the question. */
    public void record(Evaluation evaluation, OpaDecision decision) {
        if (isNull("evaluation", evaluation) || isNull("decision", decision)) {
            return;
        }
        DecisionFields.record(evaluation, decision);
        try {
            decide(evaluation, decision, reader.read(decision));
        } catch (RuntimeException | StackOverflowError e) {
            evaluation.recordException(e);
        }
    }

    private static void decide(Evaluation evaluation, OpaDecision decision, @Nullable Verdict verdict) {
        if (verdict == null) {
            evaluation.addMetadata(UNDECIDED, undecided(decision));
            return;
        }
        evaluation.setResult(verdict.result(), verdict.message());
        if (verdict.nextEvaluation() != null) {
            evaluation.setNextEvaluation(verdict.nextEvaluation());
        }
    }

    private static String undecided(OpaDecision decision) {
        return decision.isHidden("/result")
                ? "What would tell the verdict was erased or masked in OPA's log. Let OPA's mask policy leave it there."
                : "The result is " + Shown.value(decision.field("result"))
                        + ", which tells the reader no verdict. Say with OpaRecorder.reading what it means.";
    }

    private static boolean isNull(String argument, @Nullable Object value) {
        if (value == null) {
            LOG.warn("record was called with null as {} and did nothing.", argument);
        }
        return value == null;
    }
}
