package io.deploytrace.query;

import static io.deploytrace.vocabulary.NodeType.ACTION;
import static io.deploytrace.vocabulary.NodeType.CHECK;
import static io.deploytrace.vocabulary.NodeType.DECISION;
import static io.deploytrace.vocabulary.NodeType.EVALUATION;
import static io.deploytrace.vocabulary.Phase.EXECUTION;
import static io.deploytrace.vocabulary.Phase.PLANNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.query.StepChange.Change;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiffTest {

    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");

    private final Fixtures fixtures = new Fixtures(5);
    private final Random random = new Random(5);

    private static Attributes rule(String rule) {
        return Attributes.of(AttributeKeys.RULE_ID, rule);
    }

    /** The changes as a person would note them. */
    private static List<String> noted(Diff diff) {
        return diff.steps().stream()
                .map(step -> step.change().value() + " " + step.kind().value() + " "
                        + step.latest().span().name())
                .toList();
    }

    @Test
    void of_generatedTraces_agreesWithThePlainRules() {
        var seen = EnumSet.noneOf(Change.class);
        for (var i = 0; i < 4_000; i++) {
            var a = withLinked(GeneratedTraces.next(fixtures, WORKSPACE));
            var b = random.nextBoolean() ? altered(a) : withLinked(GeneratedTraces.next(fixtures, WORKSPACE));

            var diff = Diff.of(a, b);

            var plain = new PlainDiff(a, b).pairs();
            assertThat(diff.steps().stream().map(DiffTest::pair).toList()).isEqualTo(plain);
            for (var at = 0; at < plain.size(); at++) {
                var step = diff.steps().get(at);
                assertThat(step.change().value()).isEqualTo(plain.get(at).change());
                assertThat(step.metadata()).isEqualTo(plain.get(at).metadata());
                seen.add(step.change());
            }
        }
        assertThat(seen).isEqualTo(EnumSet.allOf(Change.class));
    }

    private static PlainDiff.Pair pair(StepChange step) {
        return new PlainDiff.Pair(
                step.a() == null ? null : step.a().span(),
                step.b() == null ? null : step.b().span());
    }

    private List<Span> withLinked(List<Span> trace) {
        var all = new ArrayList<>(trace);
        for (var i = random.nextInt(3); i > 0; i--) {
            var status = random.nextBoolean() ? Status.FAILED : Status.COMPLETED;
            all.addAll(fixtures.external(WORKSPACE, trace.get(0).traceId(), "job-1", status));
        }
        return all;
    }

    /** The same trace with some spans left out, some decided otherwise, some noting something else. */
    private List<Span> altered(List<Span> spans) {
        var altered = new ArrayList<Span>();
        for (var span : spans) {
            var chance = random.nextInt(12);
            if (chance == 0
                    && altered.size() + 1 < spans.size()
                    && span.parentTraceId() == null
                    && hasOthers(span, spans)) {
                continue;
            }
            var attributes = span.attributes().toBuilder();
            if (chance == 1) {
                attributes.put(AttributeKeys.STATUS, "blocked");
            }
            var events = new ArrayList<>(span.events());
            if (chance == 2) {
                events.add(new SpanEvent("approver", span.startTime(), Attributes.of("approver", "alice")));
                events.add(new SpanEvent("approver", span.startTime(), Attributes.of("approver", "bob")));
            }
            altered.add(copy(span, span.name(), attributes.build(), events));
        }
        return altered;
    }

    private static boolean hasOthers(Span span, List<Span> spans) {
        return spans.stream()
                        .filter(other -> other.traceId().equals(span.traceId()))
                        .count()
                > 10;
    }

    private static Span copy(Span span, String name, Attributes attributes, List<SpanEvent> events) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                name,
                span.startTime().plusSeconds(86_400),
                span.endTime() == null ? null : span.endTime().plusSeconds(86_407),
                attributes,
                events);
    }

    @Test
    void of_theSameWorkflowOnAnotherDay_isTheSameHoweverLongItTook() {
        var monday = fixtures.completeWorkflow(WORKSPACE, "api");
        var tuesday = monday.stream()
                .map(span -> copy(span, span.name(), span.attributes(), span.events()))
                .toList();

        var diff = Diff.of(monday, tuesday);

        assertThat(diff.isSame()).isTrue();
        assertThat(diff.fields()).isEmpty();
        assertThat(diff.steps()).hasSize(12).allSatisfy(step -> {
            assertThat(step.change()).isEqualTo(Change.SAME);
            assertThat(step.b().duration()).isEqualTo(step.a().duration().plus(Duration.ofSeconds(7)));
        });
    }

    @Test
    void of_aPolicyThatSaysNoNow_isFlippedAndTheRestOfTheDeploymentVanished() {
        var diff = Diff.of(
                fixtures.completeWorkflow(WORKSPACE, "api"), fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));

        assertThat(diff.fields())
                .containsExactly(
                        new ValueChange("release", "v1.2.3", "v1.2.4"),
                        new ValueChange("outcome", "deployed", "blocked"));
        assertThat(noted(diff))
                .containsExactly(
                        "same phase Reconciliation",
                        "same phase Planning",
                        "flipped evaluation Approval Policy",
                        "flipped decision Not approved",
                        "vanished phase Eligibility",
                        "vanished check Already Deployed",
                        "vanished decision Eligible",
                        "vanished phase Execution",
                        "vanished job Job: github-action",
                        "vanished action Verification",
                        "vanished action Check pods",
                        "vanished action Check endpoints");
        assertThat(diff.isSame()).isFalse();
    }

    @Test
    void of_rulesThatWereRenamedAndReordered_matchesThemByRule() {
        var a = fixtures.trace(WORKSPACE);
        var root = a.root(Status.COMPLETED);
        a.add(root, "Approval", PLANNING, EVALUATION, Status.ALLOWED, rule("r1"));
        a.add(root, "Window", PLANNING, EVALUATION, Status.ALLOWED, rule("r2"));
        var b = fixtures.trace(WORKSPACE);
        root = b.root(Status.COMPLETED);
        b.add(root, "Weekday Window", PLANNING, EVALUATION, Status.PENDING, rule("r2"));
        b.add(root, "Two Approvals", PLANNING, EVALUATION, Status.ALLOWED, rule("r1"));

        assertThat(noted(Diff.of(a.spans(), b.spans())))
                .containsExactly(
                        "same phase Reconciliation",
                        "flipped evaluation Weekday Window",
                        "same evaluation Two Approvals");
    }

    @Test
    void of_oneNameWithTwoRules_isAnotherStep() {
        var a = fixtures.trace(WORKSPACE);
        a.add(a.root(Status.COMPLETED), "Approval", PLANNING, EVALUATION, Status.ALLOWED, rule("r1"));
        var b = fixtures.trace(WORKSPACE);
        b.add(b.root(Status.COMPLETED), "Approval", PLANNING, EVALUATION, Status.ALLOWED, rule("r2"));
        var c = fixtures.trace(WORKSPACE);
        c.add(c.root(Status.COMPLETED), "Approval", PLANNING, EVALUATION, Status.ALLOWED);

        assertThat(noted(Diff.of(a.spans(), b.spans())))
                .containsExactly(
                        "same phase Reconciliation", "vanished evaluation Approval", "appeared evaluation Approval");
        assertThat(noted(Diff.of(a.spans(), c.spans())))
                .containsExactly("same phase Reconciliation", "same evaluation Approval");
    }

    @Test
    void of_stepsOfOneNameInTwoActions_areOnesOfTheirOwnAction() {
        var a = fixtures.trace(WORKSPACE);
        var root = a.root(Status.COMPLETED);
        a.add(
                a.add(root, "Canary", EXECUTION, ACTION, Status.COMPLETED),
                "check pods",
                EXECUTION,
                ACTION,
                Status.COMPLETED);
        a.add(
                a.add(root, "Rollout", EXECUTION, ACTION, Status.COMPLETED),
                "check pods",
                EXECUTION,
                ACTION,
                Status.FAILED);
        var b = fixtures.trace(WORKSPACE);
        root = b.root(Status.COMPLETED);
        b.add(
                b.add(root, "Rollout", EXECUTION, ACTION, Status.COMPLETED),
                "check pods",
                EXECUTION,
                ACTION,
                Status.FAILED);

        assertThat(noted(Diff.of(a.spans(), b.spans())))
                .containsExactly(
                        "same phase Reconciliation",
                        "vanished action Canary",
                        "vanished action check pods",
                        "same action Rollout",
                        "same action check pods");
    }

    @Test
    void of_stepsOfLinkedTraces_areComparedAmongThemselves() {
        var a = fixtures.failedJob(WORKSPACE, "api", "job-7");
        var b = fixtures.failedJob(WORKSPACE, "api", "job-8");
        var external = fixtures.external(WORKSPACE, b.get(0).traceId(), "job-8", Status.FAILED);

        var diff = Diff.of(a, Stream.concat(b.stream(), external.stream()).toList());

        assertThat(noted(diff))
                .containsExactly(
                        "same phase Reconciliation",
                        "same phase Execution",
                        "same job Job: github-action",
                        "appeared action build",
                        "appeared action apply");
        assertThat(diff.steps()).extracting(StepChange::isLinked).containsExactly(false, false, false, true, true);
        assertThat(diff.b().cause().span()).isEqualTo(external.get(1));
    }

    @Test
    void of_runsThatAreNumbered_areAlikeWithoutTheirNumbers_butPoliciesArent() {
        var a = numbered("deploy.yml #41", "Wave 1");
        var b = numbered("deploy.yml #42", "Wave 2");

        assertThat(noted(Diff.of(a, b)))
                .containsExactly(
                        "same phase Reconciliation",
                        "vanished evaluation Wave 1",
                        "appeared evaluation Wave 2",
                        "same action deploy.yml #42",
                        "same action apply");
    }

    private List<Span> numbered(String run, String policy) {
        var trace = fixtures.trace(WORKSPACE);
        var root = trace.root(Status.COMPLETED);
        trace.add(root, policy, PLANNING, EVALUATION, Status.ALLOWED);
        var job = trace.add(root, run, EXECUTION, ACTION, Status.COMPLETED);
        trace.add(job, "apply", EXECUTION, ACTION, Status.COMPLETED);
        return trace.spans();
    }

    @Test
    void of_metadata_tellsTheValuesOfBothByKey() {
        var a = fixtures.trace(WORKSPACE);
        a.add(a.root(Status.COMPLETED), "Approval", PLANNING, EVALUATION, Status.PENDING);
        a.noting(
                a.event("required", Attributes.of("required", 2)),
                a.event("approver", Attributes.of("approver", "alice")),
                a.event("result", Attributes.of("result", "pending")));
        var b = fixtures.trace(WORKSPACE);
        var attributes = Attributes.of("region", "eu");
        b.add(b.root(Status.COMPLETED), "Approval", PLANNING, EVALUATION, Status.PENDING, attributes);
        b.noting(
                b.event("approver", Attributes.of("approver", "alice")),
                b.event("approver", Attributes.of("approver", "bob")),
                b.event("required", Attributes.of("required", 2)));

        var step = Diff.of(a.spans(), b.spans()).steps().get(1);

        assertThat(step.change()).isEqualTo(Change.CHANGED);
        assertThat(step.metadata())
                .containsExactly(
                        new ValueChange("approver", "alice", List.of("alice", "bob")),
                        new ValueChange("region", null, "eu"));
    }

    @Test
    void of_aMessageAlone_isAChange() {
        var a = fixtures.trace(WORKSPACE);
        a.add(
                a.root(Status.COMPLETED),
                "Smoke",
                PLANNING,
                CHECK,
                Status.FAILED,
                Attributes.of(AttributeKeys.MESSAGE, "503"));
        var b = fixtures.trace(WORKSPACE);
        b.add(
                b.root(Status.COMPLETED),
                "Smoke",
                PLANNING,
                CHECK,
                Status.FAILED,
                Attributes.of(AttributeKeys.MESSAGE, "504"));

        var step = Diff.of(a.spans(), b.spans()).steps().get(1);

        assertThat(step.change()).isEqualTo(Change.CHANGED);
        assertThat(step.a().message()).isEqualTo("503");
        assertThat(step.b().message()).isEqualTo("504");
    }

    @Test
    void of_decisions_areAlikeByPhaseAndTellTheirNames() {
        var a = fixtures.trace(WORKSPACE);
        a.add(a.root(Status.COMPLETED), "1 of 2 approvals", PLANNING, DECISION, Status.FAILED);
        var b = fixtures.trace(WORKSPACE);
        b.add(b.root(Status.COMPLETED), "Deploy approved", PLANNING, DECISION, Status.COMPLETED);

        var step = Diff.of(a.spans(), b.spans()).steps().get(1);

        assertThat(step.change()).isEqualTo(Change.FLIPPED);
        assertThat(step.a().message()).isEqualTo("1 of 2 approvals");
        assertThat(step.b().message()).isEqualTo("Deploy approved");
    }

    @Test
    void of_noSpans_isRefused() {
        var trace = fixtures.single(WORKSPACE);

        assertThatThrownBy(() -> Diff.of(List.of(), trace)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Diff.of(trace, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
