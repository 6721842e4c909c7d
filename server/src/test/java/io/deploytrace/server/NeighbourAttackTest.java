package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.server.OtlpSender.Protocol;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The holder of a write key of one workspace attacks another. */
@ParameterizedClass
@EnumSource(Protocol.class)
class NeighbourAttackTest extends AttackTest {

    @Test
    void spansOfAnotherWorkspace_areRejected_inTheSameWordsWhetherItExistsOrNot() throws Exception {
        var before = scene.rows(scene.victim);
        var trace = Scene.traceId();
        var span = Scene.spanId();

        var existing = scene.send(protocol, scene.neighboursKey, naming(scene.victim, trace, span));
        var unknown = scene.send(protocol, scene.neighboursKey, naming(UUID.randomUUID(), trace, span));

        assertThat(existing.rejected()).isEqualTo(1);
        assertThat(existing.message()).isNotEmpty().isEqualTo(unknown.message());
        assertThat(existing.code()).isEqualTo(unknown.code()).isZero();
        assertThat(scene.rows(scene.victim)).isEqualTo(before);
    }

    private static io.opentelemetry.proto.trace.v1.Span naming(UUID workspace, String trace, String span) {
        return OtlpSpans.span(trace, span, "intruder", Map.of(AttributeKeys.WORKSPACE_ID, workspace.toString()));
    }

    @Test
    void workspaceNamedByTheResourceAlone_isRejectedToo() throws Exception {
        var before = scene.rows(scene.victim);
        var request = OtlpSpans.request(Scene.span(Scene.traceId(), Scene.spanId(), "intruder")).toBuilder();
        request.getResourceSpansBuilder(0)
                .getResourceBuilder()
                .addAllAttributes(
                        naming(scene.victim, Scene.traceId(), Scene.spanId()).getAttributesList());

        var answer = scene.sender.send(protocol, scene.neighboursKey, request.build());

        scene.assertRevealsNothing(answer);
        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(scene.rows(scene.victim)).isEqualTo(before);
        assertThat(scene.rows(scene.neighbour)).isEmpty();
    }

    @Test
    void copiedIdsOfStoredSpans_changeNothing_andOtherSpansOfTheRequestAreStored() throws Exception {
        var before = scene.rows(scene.victim);

        var answer = scene.send(
                protocol,
                scene.neighboursKey,
                Scene.span(scene.trace, scene.root, "shadow"),
                Scene.span(Scene.traceId(), Scene.spanId(), "neighbour's own"));

        assertThat(answer.code()).isZero();
        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(scene.rows(scene.victim)).isEqualTo(before);
        assertThat(scene.rows(scene.neighbour)).anyMatch(row -> row.contains("neighbour's own"));
        scene.assertVictimCanWrite(protocol);
    }

    @Test
    void spansAddedToACopiedTraceId_areSeenByNobodyElse() throws Exception {
        var before = scene.rows(scene.victim);

        scene.send(protocol, scene.neighboursKey, Scene.span(scene.trace, Scene.spanId(), "beside"));

        assertThat(scene.rows(scene.victim)).isEqualTo(before);
        assertThat(scene.seenByTheVictim()).containsExactlyInAnyOrder("victim's root", "victim's child");
        assertThat(installation.store().trace(scene.neighbour, scene.trace, Installation.deadline()))
                .extracting(Span::name)
                .containsExactly("beside");
        scene.assertVictimCanWrite(protocol);
    }

    /** Ids that travelled, as in a traceparent, before their span was stored. */
    @Test
    void spanWrittenFirstUnderCopiedIds_costsTheVictimThatSpanAlone_andItIsTold() {
        var trace = Scene.traceId();
        var copied = Scene.spanId();
        scene.send(protocol, scene.neighboursKey, Scene.span(trace, copied, "too early"));

        var answer = scene.send(
                protocol,
                scene.victimsKey,
                Scene.span(trace, copied, "blocked"),
                Scene.span(trace, Scene.spanId(), "unharmed"));

        assertThat(answer.code()).isZero();
        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.message()).contains(copied).doesNotContain(scene.neighbour.toString());
        assertThat(installation.store().trace(scene.victim, trace, Installation.deadline()))
                .extracting(Span::name)
                .containsExactly("unharmed");
    }

    /** Whoever persists before ids leave the process loses nothing: an open row holds its ids. */
    @Test
    void spanStoredOpenBeforeItsIdsAreCopied_isTheVictims_andTheCopyIsRefused() {
        var trace = Scene.traceId();
        var copied = Scene.spanId();
        var ended = Scene.span(trace, copied, "victim's step");
        scene.send(
                protocol,
                scene.victimsKey,
                ended.toBuilder().clearEndTimeUnixNano().build());

        var copy = scene.send(protocol, scene.neighboursKey, Scene.span(trace, copied, "too late"));
        var answer = scene.send(protocol, scene.victimsKey, ended);

        assertThat(copy.rejected()).isEqualTo(1);
        assertThat(answer.rejected()).isZero();
        assertThat(installation.store().trace(scene.victim, trace, Installation.deadline()))
                .singleElement()
                .satisfies(span -> assertThat(span.isOpen()).isFalse());
    }

    @Test
    void linksAndParentsInAnotherWorkspace_showNothingOfIt() {
        var trace = Scene.traceId();
        var span =
                OtlpSpans.span(trace, Scene.spanId(), "pretender", Map.of(AttributeKeys.PARENT_TRACE_ID, scene.trace));

        scene.send(
                protocol,
                scene.neighboursKey,
                span.toBuilder().setParentSpanId(OtlpSpans.id(scene.root)).build());

        assertThat(scene.seenByTheVictim()).doesNotContain("pretender");
        assertThat(installation.store().traceWithLinked(scene.neighbour, scene.trace, Installation.deadline()))
                .extracting(Span::name)
                .containsExactly("pretender");
    }
}
