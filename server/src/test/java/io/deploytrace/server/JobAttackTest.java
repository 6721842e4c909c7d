package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.server.OtlpSender.Protocol;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A job attacks the trace that triggered it, other traces of its workspace, and other jobs. */
@ParameterizedClass
@EnumSource(Protocol.class)
class JobAttackTest extends AttackTest {

    @Test
    void parentsTraceId_isRejected_andItsSpansStayAsTheyAre() throws Exception {
        var before = scene.rows(scene.victim);

        var answer = scene.send(
                protocol,
                scene.token("job-1"),
                Scene.span(scene.trace, scene.root, "overwritten"),
                Scene.span(scene.trace, Scene.spanId(), "added"));

        assertThat(answer.code()).isZero();
        assertThat(answer.rejected()).isEqualTo(2);
        assertThat(scene.rows(scene.victim)).isEqualTo(before);
        scene.assertVictimCanWrite(protocol);
    }

    @Test
    void anotherTracesIds_areTakenForTheJobsOwn() throws Exception {
        var other = Scene.traceId();
        var span = Scene.spanId();
        scene.send(protocol, scene.victimsKey, Scene.span(other, span, "victim's other"));
        var before = trace(other);

        var answer = scene.send(protocol, scene.token("job-1"), Scene.span(other, span, "copied"));

        assertThat(answer.rejected()).isZero();
        assertThat(trace(other)).isEqualTo(before);
        assertThat(scene.seenByTheVictim()).contains("copied");
    }

    @Test
    void anotherJobsIds_blockAndOverwriteNothing_whoeverComesFirst() {
        var early = Scene.traceId();
        var late = Scene.traceId();
        var span = Scene.spanId();
        scene.send(protocol, scene.token("attacker"), Scene.span(early, span, "attacker first"));

        var answer = scene.send(
                protocol,
                scene.token("job-1"),
                Scene.span(early, span, "job early"),
                Scene.span(late, span, "job late"));
        scene.send(protocol, scene.token("attacker"), Scene.span(late, span, "attacker second"));

        assertThat(answer.code()).isZero();
        assertThat(answer.rejected()).as(answer.message()).isZero();
        assertThat(ofJob("job-1")).extracting(Span::name).containsExactlyInAnyOrder("job early", "job late");
        assertThat(ofJob("attacker"))
                .extracting(Span::name)
                .containsExactlyInAnyOrder("attacker first", "attacker second");
    }

    @Test
    void idsUnderWhichAnotherJobIsStored_leadNowhere() {
        var span = Scene.spanId();
        scene.send(protocol, scene.token("job-1"), Scene.span(Scene.traceId(), span, "job's own"));
        var stored = ofJob("job-1").get(0);

        var answer = scene.send(protocol, scene.token("attacker"), Scene.span(stored.traceId(), span, "attacker"));

        assertThat(answer.code()).isZero();
        assertThat(ofJob("job-1")).containsExactly(stored);
        assertThat(ofJob("attacker"))
                .singleElement()
                .satisfies(own -> assertThat(own.traceId()).isNotEqualTo(stored.traceId()));
    }

    @Test
    void idsUnderWhichTheJobItselfIsStored_arentItsTraceIdsEither() {
        var span = Scene.spanId();
        scene.send(protocol, scene.token("job-1"), Scene.span(Scene.traceId(), span, "first"));
        var stored = ofJob("job-1").get(0);

        scene.send(protocol, scene.token("job-1"), Scene.span(stored.traceId(), span, "second"));

        assertThat(ofJob("job-1")).extracting(Span::name).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void otherContentForAnEndedSpan_changesNothing() throws Exception {
        var trace = Scene.traceId();
        var span = Scene.spanId();
        scene.send(protocol, scene.token("job-1"), Scene.span(trace, span, "as it was"));
        var before = scene.rows(scene.victim);

        scene.send(protocol, scene.token("job-1"), Scene.span(trace, span, "rewritten"));
        scene.send(
                protocol,
                scene.token("job-1"),
                Scene.span(trace, span, "reopened").toBuilder()
                        .clearEndTimeUnixNano()
                        .build());

        assertThat(scene.rows(scene.victim)).isEqualTo(before);
    }

    @Test
    void attributesUnderOurPrefix_areIgnored() {
        var lies = Map.of(
                AttributeKeys.WORKSPACE_ID,
                scene.neighbour.toString(),
                AttributeKeys.JOB_ID,
                "job-2",
                AttributeKeys.RELEASE_TARGET_KEY,
                "payments-production",
                AttributeKeys.RELEASE_ID,
                "release-666",
                AttributeKeys.STATUS,
                "allowed",
                AttributeKeys.PHASE,
                "planning",
                AttributeKeys.NODE_TYPE,
                "decision",
                AttributeKeys.PARENT_TRACE_ID,
                Scene.traceId(),
                AttributeKeys.PREFIX + "message",
                "Approved by nobody",
                AttributeKeys.PREFIX + "invented",
                "kept?");

        var answer = scene.send(
                protocol, scene.token("job-1"), OtlpSpans.span(Scene.traceId(), Scene.spanId(), "liar", lies));

        assertThat(answer.rejected()).isZero();
        assertThat(installation.store().spansOfJob(scene.neighbour, "job-2", Installation.deadline()))
                .isEmpty();
        assertThat(ofJob("job-1")).singleElement().satisfies(span -> {
            assertThat(span.workspaceId()).isEqualTo(scene.victim.toString());
            assertThat(span.parentTraceId()).isEqualTo(scene.trace);
            assertThat(span.releaseTargetKey()).isEqualTo("shop-production");
            assertThat(span.releaseId()).isEqualTo("release-7");
            assertThat(span.status()).isEqualTo("completed");
            assertThat(span.phase()).isEqualTo("external");
            assertThat(span.nodeType()).isEqualTo("action");
            assertThat(span.attributes().asMap())
                    .doesNotContainKeys(AttributeKeys.PREFIX + "message", AttributeKeys.PREFIX + "invented");
        });
    }

    @Test
    void tokenForAWorkspaceThatIsGone_storesNothing() throws Exception {
        var gone = UUID.randomUUID();
        var token = Installation.TOKENS.issue(Installation.job(gone, scene.trace, "job-1"));

        var answer = scene.send(protocol, token, Scene.span(Scene.traceId(), Scene.spanId(), "lost"));

        assertThat(answer.code() != 0 || answer.rejected() == 1)
                .as(answer.everything())
                .isTrue();
        assertThat(scene.rows(gone)).isEmpty();
    }

    private List<Span> ofJob(String jobId) {
        return installation.store().spansOfJob(scene.victim, jobId, Installation.deadline());
    }

    private List<Span> trace(String traceId) {
        return installation.store().trace(scene.victim, traceId, Installation.deadline());
    }
}
