package io.deploytrace.query;

import io.deploytrace.span.Attributes;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in one sentence what would clear a step that stands against a deployment. */
final class Remedy {

    private static final List<String> APPROVERS = List.of("approver", "approvers", "approved_by", "approvals");

    private Remedy() {}

    static String of(Step step, Attributes metadata) {
        var name = Spoken.line(step.span().name());
        if (step.is(NodeType.EVALUATION) && !step.hasFailed()) {
            var approvals = approvals(step, metadata);
            return approvals == null ? ofEvaluation(step, name) : approvals;
        }
        if (step.is(NodeType.CHECK)) {
            return "It can go ahead once the check " + name + " passes.";
        }
        if (step.is(NodeType.DECISION)) {
            return "It can go ahead once a later reconcile decides for it.";
        }
        return "Fix what failed in " + name + ", then deploy again.";
    }

    private static String ofEvaluation(Step step, String name) {
        return step.status() == Status.PENDING
                ? "It goes ahead by itself once " + name + " allows it."
                : "It can go ahead once " + name + " allows it: change what it objects to, or the policy.";
    }

    private static @Nullable String approvals(Step step, Attributes metadata) {
        var required = required(step, metadata);
        if (required == null) {
            return null;
        }
        var approvers = approvers(step);
        var given = metadata.get("approvals") instanceof Long count ? count : Long.valueOf(approvers.size());
        var missing = required - given;
        if (missing <= 0) {
            return null;
        }
        var names = approvers.isEmpty() ? "" : ": " + Spoken.line(String.join(", ", approvers));
        return "It needs " + missing + (missing == 1 ? " more approval (" : " more approvals (") + given + " of "
                + required + names + ").";
    }

    private static @Nullable Long required(Step step, Attributes metadata) {
        if (metadata.get("required_approvals") instanceof Long count) {
            return count;
        }
        var subject = step.span().name() + metadata.get("policy") + metadata.get("policy_type");
        var isApproval = subject.toLowerCase(Locale.ROOT).contains("approv");
        return isApproval && metadata.get("required") instanceof Long count ? count : null;
    }

    /** Everyone named in any of the events: each approval may be an event of its own. */
    private static List<String> approvers(Step step) {
        var approvers = new LinkedHashSet<String>();
        for (var event : step.span().events()) {
            for (var key : APPROVERS) {
                add(approvers, event.attributes().get(key));
            }
        }
        return new ArrayList<>(approvers);
    }

    private static void add(Collection<String> approvers, @Nullable Object value) {
        if (value instanceof String name && !name.isBlank()) {
            approvers.add(name);
        } else if (value instanceof List<?> names) {
            names.forEach(name -> approvers.add(Objects.toString(name)));
        }
    }
}
