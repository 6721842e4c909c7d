package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpStatus;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One trace: its spans in order, its validator, and what it is compressed to. */
class TraceDetailTest {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(10));

    private final TestServer server = TestServer.start();
    private final Fixtures fixtures = new Fixtures(1);
    private final Questions questions = new Questions(server.client("h1c"), "");

    @AfterEach
    void stop() {
        server.close();
    }

    private String write(List<Span> spans) {
        server.store.write(spans, DEADLINE);
        return "/traces/" + spans.get(0).traceId();
    }

    /** A root and so many evaluations below. */
    private List<Span> spans(int evaluations) {
        var trace = fixtures.trace(TestServer.WORKSPACE).target("shop");
        var root = trace.root(Status.COMPLETED);
        for (var i = 0; i < evaluations; i++) {
            trace.add(root, "Rule " + i, Phase.PLANNING, NodeType.EVALUATION, Status.ALLOWED);
        }
        return trace.spans();
    }

    @Test
    void trace_largeOrSmall_hasAllSpansFromTopToBottom() {
        for (var evaluations : List.of(3, 499, 500, 1_234)) {
            var spans = spans(evaluations);
            var answer = Questions.json(questions.ask(TestServer.WORKSPACE, write(spans)));

            assertThat(Questions.objects(answer, "spans"))
                    .extracting(span -> span.get("spanId"), span -> span.get("level"))
                    .containsExactlyElementsOf(spans.stream()
                            .map(span -> org.assertj.core.groups.Tuple.tuple(
                                    span.spanId(), span.parentSpanId() == null ? 0 : 1))
                            .toList());
            assertThat(answer).containsEntry("completeness", "complete").containsEntry("overallOutcome", "skipped");
        }
    }

    @Test
    void tree_largeOrSmall_hasARowOfEachSpanFromTopToBottom() {
        for (var evaluations : List.of(3, 499, 500, 1_234)) {
            var path = write(spans(evaluations));
            var whole = Questions.objects(Questions.json(questions.ask(TestServer.WORKSPACE, path)), "spans");
            var tree = Questions.json(questions.ask(TestServer.WORKSPACE, path + "/tree"));

            assertThat(Questions.objects(tree, "spans"))
                    .isEqualTo(whole.stream().map(TraceDetailTest::row).toList());
            assertThat(tree)
                    .containsEntry("spanCount", evaluations + 1)
                    .doesNotContainKeys("overallOutcome", "completeness");
        }
    }

    private static Map<String, Object> row(Map<String, Object> span) {
        var row = new LinkedHashMap<>(span);
        var attributes = (Map<?, ?>) span.get("attributes");
        row.put("result", attributes.get(AttributeKeys.RESULT));
        row.put("decision", attributes.get(AttributeKeys.DECISION));
        row.put("message", attributes.get(AttributeKeys.MESSAGE));
        row.keySet()
                .retainAll(Set.of(
                        "level",
                        "placement",
                        "traceId",
                        "spanId",
                        "name",
                        "status",
                        "result",
                        "decision",
                        "message",
                        "startTime",
                        "endTime"));
        return row;
    }

    @Test
    void tree_ofLongTexts_isCut_andOfATraceThatIsNotThereSaysWhatItsIdTells() {
        var trace = fixtures.trace(TestServer.WORKSPACE).target("shop");
        trace.add(trace.root(Status.COMPLETED), "x".repeat(300), Phase.PLANNING, NodeType.EVALUATION, Status.ALLOWED);

        var tree = Questions.json(questions.ask(TestServer.WORKSPACE, write(trace.spans()) + "/tree"));
        assertThat(Questions.objects(tree, "spans").get(1)).containsEntry("name", "x".repeat(256));

        var missing = "/traces/" + "0192aaaaaaaa7000800000000000beef";
        var problem = Questions.json(questions.ask(TestServer.WORKSPACE, missing + "/tree"));
        assertThat(problem)
                .containsEntry("type", "urn:deploytrace:problem:trace-not-found")
                .containsEntry(
                        "detail",
                        Questions.json(questions.ask(TestServer.WORKSPACE, missing + "/why"))
                                .get("detail"));
    }

    @Test
    void etag_ofACompleteTrace_holdsUntilItOrALinkedOneIsWrittenTo() {
        var spans = fixtures.failedJob(TestServer.WORKSPACE, "shop", "deploy-1");
        var path = write(spans);
        var etag = questions.ask(TestServer.WORKSPACE, path).headers().get("etag");

        var again = questions.ask(TestServer.WORKSPACE, path, "if-none-match", "\"other\", W/" + etag);
        assertThat(again.status()).isEqualTo(HttpStatus.NOT_MODIFIED);
        assertThat(again.headers().get("etag")).isEqualTo(etag);
        assertThat(again.headers().get("cache-control")).isEqualTo("private, no-cache");

        write(fixtures.external(TestServer.WORKSPACE, spans.get(0).traceId(), "deploy-1", Status.FAILED));
        var changed = questions.ask(TestServer.WORKSPACE, path, "if-none-match", etag);
        assertThat(changed.status()).isEqualTo(HttpStatus.OK);
        assertThat(changed.headers().get("etag")).isNotNull().isNotEqualTo(etag);
    }

    @Test
    void etag_ofATraceThatIsNotComplete_isNotHandedOut() {
        var spans = new ArrayList<>(spans(4));
        spans.remove(2);

        var partial = questions.ask(TestServer.WORKSPACE, write(spans));

        assertThat(Questions.json(partial)).containsEntry("completeness", "partial");
        assertThat(partial.headers().get("etag")).isNull();
        assertThat(partial.headers().get("cache-control")).isEqualTo("no-store");
    }

    @Test
    void gzip_whereItIsAskedFor_holdsTheSameAndHasAnotherValidator() throws IOException {
        for (var evaluations : List.of(3, 700)) {
            var path = write(spans(evaluations));
            var plain = questions.ask(TestServer.WORKSPACE, path);
            var coded = questions.ask(TestServer.WORKSPACE, path, "accept-encoding", "br, gzip;q=0.5");

            assertThat(coded.headers().get("content-encoding")).isEqualTo("gzip");
            assertThat(coded.headers().get("vary")).isEqualTo("accept-encoding");
            try (var body =
                    new GZIPInputStream(new ByteArrayInputStream(coded.content().array()))) {
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(plain.contentUtf8());
            }
            var etag = coded.headers().get("etag");
            assertThat(etag).isNotEqualTo(plain.headers().get("etag"));
            var again = questions.ask(TestServer.WORKSPACE, path, "accept-encoding", "gzip", "if-none-match", etag);
            assertThat(again.status()).isEqualTo(HttpStatus.NOT_MODIFIED);
        }
        var refused = questions.ask(TestServer.WORKSPACE, "/traces", "accept-encoding", "gzip;q=0");
        assertThat(refused.headers().get("content-encoding")).isNull();
    }

    @Test
    void head_ofATraceLargeOrSmall_hasNoBody() {
        for (var evaluations : List.of(3, 700)) {
            var path = write(spans(evaluations));
            var head = questions.head(TestServer.WORKSPACE, path);
            assertThat(head.status()).isEqualTo(HttpStatus.OK);
            assertThat(head.content().isEmpty()).isTrue();
            assertThat(head.headers().get("etag"))
                    .isEqualTo(
                            questions.ask(TestServer.WORKSPACE, path).headers().get("etag"));
        }
    }

    @Test
    void spans_pageOfManyParts_hasAsManyAsAskedForAndGoesOn() {
        write(spans(449));

        var page = Questions.json(questions.ask(TestServer.WORKSPACE, "/spans?releaseTarget=shop&limit=250"));
        assertThat(Questions.objects(page, "spans")).hasSize(250);
        var rest = Questions.json(questions.ask(
                TestServer.WORKSPACE, "/spans?releaseTarget=shop&limit=1000&cursor=" + page.get("nextCursor")));
        assertThat(Questions.objects(rest, "spans")).hasSize(200);
        assertThat(rest).containsEntry("nextCursor", null);
    }
}
