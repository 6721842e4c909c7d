package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The rules of {@link Outcome}, once more: sentence by sentence, word by word, and slow. */
final class PlainOutcome {

    private static final Set<String> PHASES =
            Set.of("reconciliation", "planning", "eligibility", "execution", "action", "external");
    private static final Set<String> DECISIVE =
            Set.of("completed", "failed", "allowed", "blocked", "pending", "skipped");

    private final List<Span> spans;

    PlainOutcome(List<Span> spans) {
        this.spans = spans.stream().sorted(Span.IN_SEQUENCE).toList();
    }

    Outcome outcome() {
        if (isExternal()) {
            return spans.stream().anyMatch(this::failed) ? Outcome.FAILED : openOr(Outcome.DEPLOYED);
        }
        var began = spans.stream().filter(this::deploys).findFirst();
        if (began.isPresent()) {
            return spans.stream().anyMatch(span -> failsDeployment(span, began.get()))
                    ? Outcome.FAILED
                    : openOr(Outcome.DEPLOYED);
        }
        return spans.stream()
                .filter(this::isAgainst)
                .filter(this::stands)
                .findFirst()
                .map(this::outcomeOf)
                .orElseGet(() -> spans.stream().anyMatch(this::broke) ? Outcome.FAILED : openOr(Outcome.SKIPPED));
    }

    /** What decided against it, in order. */
    List<Span> causes() {
        if (outcome() == Outcome.DEPLOYED || outcome() == Outcome.RUNNING || outcome() == Outcome.SKIPPED) {
            return List.of();
        }
        if (isExternal()) {
            return innermost(spans.stream().filter(this::failed).toList());
        }
        var began = spans.stream().filter(this::deploys).findFirst();
        if (began.isPresent()) {
            return innermost(spans.stream()
                    .filter(span -> failsDeployment(span, began.get()))
                    .toList());
        }
        var standing =
                spans.stream().filter(this::isAgainst).filter(this::stands).toList();
        return standing.isEmpty() ? innermost(spans.stream().filter(this::broke).toList()) : standing;
    }

    /** Those within which, at whatever distance, lies none of the others; all of them where they lie in a circle. */
    private List<Span> innermost(List<Span> failures) {
        var innermost = failures.stream()
                .filter(span -> failures.stream()
                        .noneMatch(other -> PlainWhy.around(other, spans).contains(span)))
                .toList();
        return innermost.isEmpty() ? failures : innermost;
    }

    private Outcome openOr(Outcome otherwise) {
        return spans.stream().anyMatch(Span::isOpen) ? Outcome.RUNNING : otherwise;
    }

    private boolean isExternal() {
        var phases = spans.stream()
                .map(PlainOutcome::phase)
                .filter(PHASES::contains)
                .distinct()
                .toList();
        return phases.equals(List.of("external"));
    }

    private boolean deploys(Span span) {
        return type(span).equals("action")
                && !verdict(span).equals("skipped")
                && (phase(span).equals("execution") || span.attributes().get("ctrlplane.job_type") != null);
    }

    private boolean failsDeployment(Span span, Span began) {
        var later = spans.indexOf(span) >= spans.indexOf(began);
        var around = type(span).equals("phase") || span.parentSpanId() == null;
        return failed(span) && !Set.of("planning", "eligibility").contains(phase(span)) && (later || around);
    }

    private boolean isAgainst(Span span) {
        return isVerdictAgainst(span) || (type(span).equals("decision") && failed(span));
    }

    private boolean isVerdictAgainst(Span span) {
        return (type(span).equals("evaluation") && Set.of("blocked", "pending").contains(verdict(span)))
                || (type(span).equals("check") && failed(span));
    }

    /** No later approval of its phase, and if it is a decision, nothing of its phase that explains it. */
    private boolean stands(Span span) {
        var after = spans.subList(spans.indexOf(span) + 1, spans.size());
        var before = spans.subList(0, spans.indexOf(span));
        var overridden = after.stream().anyMatch(later -> approves(later, span));
        var lastApproval =
                before.stream().filter(earlier -> approves(earlier, span)).reduce((a, b) -> b);
        var sinceApproval = before.subList(
                lastApproval.map(approval -> spans.indexOf(approval) + 1).orElse(0), before.size());
        var explained =
                sinceApproval.stream().anyMatch(earlier -> known(earlier).equals(known(span)) && isAgainst(earlier));
        return !overridden && (isVerdictAgainst(span) || !explained);
    }

    private boolean approves(Span decision, Span span) {
        return type(decision).equals("decision")
                && verdict(decision).equals("completed")
                && known(decision).equals(known(span));
    }

    private Outcome outcomeOf(Span span) {
        if (type(span).equals("evaluation")) {
            return verdict(span).equals("pending") ? Outcome.WAITING : Outcome.BLOCKED;
        }
        if (Set.of("execution", "action", "external").contains(phase(span))) {
            return Outcome.FAILED;
        }
        return type(span).equals("check") || phase(span).equals("eligibility") ? Outcome.INELIGIBLE : Outcome.BLOCKED;
    }

    private boolean broke(Span span) {
        return failed(span) && !Set.of("check", "decision").contains(type(span));
    }

    private boolean failed(Span span) {
        return verdict(span).equals("failed");
    }

    static String verdict(Span span) {
        var status = Objects.requireNonNullElse(span.status(), "");
        if (DECISIVE.contains(status) && !(type(span).equals("evaluation") && status.equals("completed"))) {
            return status;
        }
        var key = type(span).equals("decision") ? "ctrlplane.decision" : "ctrlplane.result";
        var known = Set.of("phase", "evaluation", "check", "decision", "action").contains(type(span));
        return Optional.ofNullable(known ? span.attributes().getString(key) : null)
                .map(PlainOutcome::meaning)
                .filter(meaning -> !meaning.isEmpty())
                .orElse(status);
    }

    private static String meaning(String verdict) {
        return switch (verdict) {
            case "pass", "approved" -> "completed";
            case "fail", "rejected" -> "failed";
            case "allowed", "blocked", "pending" -> verdict;
            default -> "";
        };
    }

    private static String type(Span span) {
        return Objects.requireNonNullElse(span.nodeType(), "");
    }

    private static String phase(Span span) {
        return Objects.requireNonNullElse(span.phase(), "");
    }

    private static String known(Span span) {
        return PHASES.contains(phase(span)) ? phase(span) : "";
    }
}
