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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What would clear a step that stands against a deployment, and who.
 *
 * @param sentence as a sentence about the deployment
 * @param briefly as a clause with the step's name, for a list of several
 * @param past as a sentence about a deployment of which newer ones may have become something else; empty where it would say no more than
 *     what stood against it
 */
record Remedy(String sentence, String briefly, String past) {

    private static final List<String> APPROVERS = List.of("approver", "approvers", "approved_by", "approvals");
    private static final List<String> CLEARED_BY = List.of("cleared_by", "may_approve", "owner", "contact");

    static Remedy of(Step step, Attributes metadata) {
        var name = Spoken.line(step.span().name());
        var by = clearedBy(metadata);
        if (step.is(NodeType.EVALUATION) && !step.hasFailed()) {
            var approvals = approvals(step, metadata);
            if (approvals != null) {
                var from = by == null ? "" : " from " + Spoken.line(by);
                return new Remedy(
                        "It needs " + approvals + from + ".",
                        name + " needs " + approvals + from,
                        "It needed " + approvals + from + ".");
            }
            return step.status() == Status.PENDING ? pending(step, name, by, metadata) : blocked(name, by);
        }
        if (step.is(NodeType.CHECK)) {
            return new Remedy(
                    "It can go ahead once the check " + name + " passes" + asking(by) + ".",
                    "the check " + name + " must pass",
                    upTo(by));
        }
        if (step.is(NodeType.DECISION)) {
            var decided = "Its controller decided so without a policy or check against it; its log may say why.";
            return new Remedy(decided, "a later reconcile must decide otherwise than \"" + name + "\"", decided);
        }
        return new Remedy("Fix what failed in " + name + ", then deploy again.", name + " failed as well", "");
    }

    /** Of itself goes ahead what waits for a slot, or for a time that is known; where someone is named, they may have to act. */
    private static Remedy pending(Step step, String name, @Nullable String by, Attributes metadata) {
        var slots = Slots.in(metadata);
        if (slots != null) {
            var free = slots.limit() == 1 ? "the slot is free" : "one of the " + slots.limit() + " slots is free";
            return new Remedy(
                    "It goes ahead by itself once " + free + ".",
                    name + " clears by itself, once " + free,
                    "It waited for " + (slots.limit() == 1 ? "the slot." : "one of the " + slots.limit() + " slots."));
        }
        return by == null && Blockers.nextEvaluation(step.span()) != null
                ? new Remedy("It goes ahead by itself once " + name + " allows it.", name + " clears by itself", "")
                : new Remedy(
                        "It can go ahead once " + name + " allows it" + asking(by) + ".",
                        name + " must allow it",
                        upTo(by));
    }

    private static Remedy blocked(String name, @Nullable String by) {
        return new Remedy(
                "It can go ahead once " + name + " allows it: change what it objects to, or the policy" + asking(by)
                        + ".",
                name + " must allow it",
                upTo(by));
    }

    private static String upTo(@Nullable String by) {
        return by == null ? "" : "It was up to " + Spoken.line(by) + ".";
    }

    private static String asking(@Nullable String by) {
        return by == null ? "" : " (ask " + Spoken.line(by) + ")";
    }

    /** Whether the key names who approved, which differs from release to release. */
    static boolean isApprover(String key) {
        return APPROVERS.contains(key);
    }

    /** Who or what clears it, as the metadata say; null when they don't. */
    static @Nullable String clearedBy(Attributes metadata) {
        return CLEARED_BY.stream()
                .map(key -> text(metadata.get(key)))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    private static String text(@Nullable Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Objects::toString).collect(Collectors.joining(", "))
                : Objects.toString(value, "");
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
        return missing + (missing == 1 ? " more approval (" : " more approvals (") + given + " of " + required + names
                + ")";
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
