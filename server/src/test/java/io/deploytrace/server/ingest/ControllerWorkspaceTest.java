package io.deploytrace.server.ingest;

import static io.deploytrace.server.ingest.Requests.attribute;
import static io.deploytrace.server.ingest.Requests.controller;
import static io.deploytrace.server.ingest.Requests.request;
import static io.deploytrace.server.ingest.Requests.span;
import static io.deploytrace.server.ingest.Requests.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key writes to its workspace, and to no other. */
class ControllerWorkspaceTest {

    private static final String KEY = "ctrlplane.workspace_id";
    private static final Sender ALL_WORKSPACES = new Sender.Controller(null);

    private final IngestFixture ingest = IngestFixture.create();

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void workspace_isThatOfTheSpanElseOfTheResourceElseOfTheKey() {
        var own = span(Requests.TRACE, spanId(0)).addAttributes(attribute(KEY, Requests.WORKSPACE.toString()));
        var resource = resource(Requests.OTHER_WORKSPACE.toString(), own);

        assertThat(ingest.send(ALL_WORKSPACES, request(resource)).rejected()).isZero();
        assertThat(ingest.trace(Requests.TRACE)).extracting(Span::spanId).containsExactly(spanId(0));
        assertThat(ingest.trace(Requests.TRACE).get(0).attributes().asMap()).containsOnlyKeys(KEY);

        var fromResource = resource(Requests.WORKSPACE.toString(), span(Requests.TRACE, spanId(1)));
        assertThat(ingest.send(ALL_WORKSPACES, request(fromResource)).rejected())
                .isZero();
        assertThat(ingest.send(controller(), request(span(Requests.TRACE, spanId(2))))
                        .rejected())
                .isZero();
        assertThat(ingest.trace(Requests.TRACE)).hasSize(3);
    }

    private static ResourceSpans.Builder resource(
            String workspaceId, io.opentelemetry.proto.trace.v1.Span.Builder... spans) {
        var scope = ScopeSpans.newBuilder();
        for (var span : spans) {
            scope.addSpans(span);
        }
        return ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(attribute(KEY, workspaceId)))
                .addScopeSpans(scope);
    }

    @Test
    void spanOfAnotherWorkspace_isRejectedAloneWithTheSameWordsWhetherThatWorkspaceExists() {
        var answers = new String[2];
        var i = 0;
        for (var foreign :
                new UUID[] {Requests.OTHER_WORKSPACE, UUID.fromString("bbbbbbbb-0f3a-4a53-9b59-0a8f8f0e6f33")}) {
            var answer = ingest.send(
                    controller(),
                    request(
                            span(Requests.TRACE, spanId(1)),
                            span(Requests.TRACE, spanId(2)).addAttributes(attribute(KEY, foreign.toString())),
                            span(Requests.TRACE, spanId(3))));
            assertThat(answer.rejected()).isEqualTo(1);
            assertThat(answer.reason()).isEqualTo(RejectionReason.WRONG_WORKSPACE);
            answers[i++] = answer.message();
        }

        assertThat(answers[0])
                .isEqualTo(answers[1])
                .isEqualTo("1 of 3 spans was rejected. Span 0000000000000003 of trace " + Requests.TRACE
                        + ": its workspace is not that of the key. Send it with a key of its workspace.");
        assertThat(ingest.trace(Requests.TRACE)).extracting(Span::spanId).containsExactly(spanId(1), spanId(3));
        assertThat(ingest.store.trace(Requests.OTHER_WORKSPACE, Requests.TRACE, IngestFixture.DEADLINE))
                .isEmpty();
    }

    @Test
    void resourceOfAnotherWorkspace_countsForSpansThatNameNone() {
        var answer = ingest.send(
                controller(),
                request(resource(
                        Requests.OTHER_WORKSPACE.toString(),
                        span(Requests.TRACE, spanId(1)),
                        span(Requests.TRACE, spanId(2)).addAttributes(attribute(KEY, Requests.WORKSPACE.toString())))));

        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.reason()).isEqualTo(RejectionReason.WRONG_WORKSPACE);
        assertThat(ingest.trace(Requests.TRACE)).extracting(Span::spanId).containsExactly(spanId(2));
    }

    @Test
    void workspaceNamedTwice_isTheLast() {
        var other = Requests.OTHER_WORKSPACE.toString();
        var answer = ingest.send(
                controller(),
                request(span().addAttributes(attribute(KEY, Requests.WORKSPACE.toString()))
                        .addAttributes(attribute(KEY, other))));

        assertThat(answer.reason()).isEqualTo(RejectionReason.WRONG_WORKSPACE);
        assertThat(ingest.trace(Requests.TRACE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upper",
                "",
                "team-a",
                " 6f1b3c8e-0f3a-4a53-9b59-0a8f8f0e6f11",
                "6f1b3c8e0f3a4a539b590a8f8f0e6f11"
            })
    void workspaceThatIsNoLowerCaseUuid_isInvalidForEveryKey(String named) {
        var workspaceId = named.equals("upper") ? Requests.WORKSPACE.toString().toUpperCase(Locale.ROOT) : named;
        for (var sender : new Sender[] {controller(), ALL_WORKSPACES}) {
            var answer = ingest.send(sender, request(span().addAttributes(attribute(KEY, workspaceId))));
            assertThat(answer.reason()).isEqualTo(RejectionReason.INVALID_SPAN);
            assertThat(answer.message()).contains(KEY, "lower case");
        }
        var number = ingest.send(controller(), request(span().addAttributes(attribute(KEY, Requests.integer(5)))));
        assertThat(number.reason()).isEqualTo(RejectionReason.INVALID_SPAN);
    }

    @Test
    void keyOfAllWorkspaces_needsAWorkspaceThatExists() {
        var none = ingest.send(ALL_WORKSPACES, request(span()));
        assertThat(none.reason()).isEqualTo(RejectionReason.INVALID_SPAN);
        assertThat(none.message()).contains("it names no workspace", KEY);

        var unknown = "cccccccc-0f3a-4a53-9b59-0a8f8f0e6f44";
        var answer = ingest.send(
                ALL_WORKSPACES,
                request(
                        span(Requests.TRACE, spanId(1)).addAttributes(attribute(KEY, unknown)),
                        span(Requests.TRACE, spanId(2)).addAttributes(attribute(KEY, unknown)),
                        span(Requests.PARENT_TRACE, spanId(3))
                                .addAttributes(attribute(KEY, Requests.WORKSPACE.toString()))));
        assertThat(answer.rejected()).isEqualTo(2);
        assertThat(answer.reason()).isEqualTo(RejectionReason.UNKNOWN_WORKSPACE);
        assertThat(answer.message())
                .endsWith("Span 0000000000000002 of trace " + Requests.TRACE + " and 1 more: there is no workspace "
                        + unknown + ". Create it first.");
        assertThat(ingest.trace(Requests.PARENT_TRACE)).hasSize(1);
    }

    @Test
    void traceOfTwoWorkspaces_belongsToTheFirst() {
        var answer = ingest.send(
                ALL_WORKSPACES,
                request(
                        span(Requests.TRACE, spanId(1)).addAttributes(attribute(KEY, Requests.WORKSPACE.toString())),
                        span(Requests.TRACE, spanId(2))
                                .addAttributes(attribute(KEY, Requests.OTHER_WORKSPACE.toString()))));

        assertThat(answer.rejected()).isEqualTo(1);
        assertThat(answer.reason()).isEqualTo(RejectionReason.INVALID_SPAN);
        assertThat(ingest.trace(Requests.TRACE)).extracting(Span::spanId).containsExactly(spanId(1));
    }
}
