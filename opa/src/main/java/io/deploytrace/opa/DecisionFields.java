package io.deploytrace.opa;

import io.deploytrace.recorder.Evaluation;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Records what an entry holds beside the verdict. What belongs to the question and the policy is metadata, which is compared between
 * reconciles; what is another each time, such as ids and times, are attributes.
 */
final class DecisionFields {

    private static final List<String> ATTRIBUTES =
            List.of("query", "requested_by", "req_id", "trace_id", "span_id", "labels", "metrics");

    private static final List<String> METADATA = List.of("result", "error", "revision", "erased", "masked");

    private DecisionFields() {}

    static void record(Evaluation evaluation, OpaDecision decision) {
        evaluation.setRule(decision.rule());
        evaluation.setAttribute("opa.decision_id", decision.decisionId());
        evaluation.setAttribute("opa.timestamp", decision.timestamp());
        each(ATTRIBUTES, decision, evaluation::setAttribute);
        recordInput(evaluation, decision);
        if (!decision.revisions().isEmpty()) {
            evaluation.addMetadata("opa.bundles", (Object) decision.revisions());
        }
        each(METADATA, decision, (key, value) -> evaluation.addMetadata(key, value));
    }

    private static void each(List<String> fields, OpaDecision decision, BiConsumer<String, Object> use) {
        for (var field : fields) {
            var value = decision.field(field);
            if (value != null) {
                use.accept("opa." + field, value);
            }
        }
    }

    /** What the policy was asked about, key by key, so that each can be compared. */
    private static void recordInput(Evaluation evaluation, OpaDecision decision) {
        var input = decision.field("input");
        if (input instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            var values = (Map<String, ?>) map;
            evaluation.addMetadata("input", values);
        } else if (input != null) {
            evaluation.addMetadata("input", input);
        }
    }
}
