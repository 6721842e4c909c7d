package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpStatus;
import io.deploytrace.store.Deadline;
import io.deploytrace.testkit.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the API answers, on a store in memory. */
class QueriesTest {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(10));

    private final TestServer server = TestServer.start();
    private final Fixtures fixtures = new Fixtures(1);
    private final Questions questions = new Questions(server.client("h2c"), "");

    @AfterEach
    void stop() {
        server.close();
    }

    private String record(String target) {
        var spans = fixtures.completeWorkflow(TestServer.WORKSPACE, target);
        server.store.write(spans, DEADLINE);
        return spans.get(0).traceId();
    }

    private Map<String, Object> ask(String path) {
        var response = questions.ask(TestServer.WORKSPACE, path);
        assertThat(response.status()).as(response.contentUtf8()).isEqualTo(HttpStatus.OK);
        return Questions.json(response);
    }

    @Test
    void workspaces_areThoseThatTheKeyIsGoodFor() {
        assertThat(Questions.json(questions.get("/api/v1/workspaces")))
                .isEqualTo(Map.of(
                        "workspaces", List.of(workspace(TestServer.WORKSPACE), workspace(TestServer.OTHER_WORKSPACE))));
        var bound = new Questions(
                questions.client(), server.key(io.deploytrace.store.Role.READ, TestServer.OTHER_WORKSPACE));
        assertThat(Questions.json(bound.get("/api/v1/workspaces")))
                .isEqualTo(Map.of("workspaces", List.of(workspace(TestServer.OTHER_WORKSPACE))));
    }

    private static Map<String, Object> workspace(java.util.UUID id) {
        var workspace = new java.util.LinkedHashMap<String, Object>();
        workspace.put("id", id.toString());
        workspace.put("name", null);
        return workspace;
    }

    @Test
    void traces_pageByPageWhileOthersAreWritten_areEachListedOnce() {
        var expected = new TreeSet<String>();
        for (var i = 0; i < 25; i++) {
            expected.add(record("shop"));
            record("search");
        }
        var found = new ArrayList<String>();
        var next = "";
        do {
            var page = ask("/traces?releaseTarget=shop&since=24h&limit=4" + next);
            Questions.objects(page, "traces").forEach(trace -> found.add((String) trace.get("traceId")));
            next = page.get("nextCursor") == null ? "" : "&cursor=" + page.get("nextCursor");
            record("shop");
        } while (!next.isEmpty());

        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void why_ofATraceAndOfItsTarget_saysTheSame() {
        var trace = record("shop");

        var ofTrace = ask("/traces/" + trace.toUpperCase(java.util.Locale.ROOT) + "/why");
        var ofTarget = ask("/why?releaseTarget=shop&since=24h");

        assertThat(ofTrace.get("outcome")).isEqualTo(ofTarget.get("outcome")).isNotNull();
        assertThat(ofTrace.get("trace")).isEqualTo(ofTarget.get("trace"));
        assertThat(ask("/why?releaseTarget=nothing")).containsEntry("outcome", null);
    }

    @Test
    void why_traceThatIsNotThereOrNoId_isAProblem() {
        var missing = questions.ask(TestServer.WORKSPACE, "/traces/" + "ab".repeat(16) + "/why");
        assertThat(missing.status()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(Questions.json(missing)).containsEntry("type", "urn:deploytrace:problem:trace-not-found");

        var malformed = questions.ask(TestServer.WORKSPACE, "/traces/latest/why");
        assertThat(malformed.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(Questions.json(malformed)).containsEntry("parameter", "traceId");
    }

    @Test
    void problem_ofAParameter_namesItAndWhatIsAllowed() {
        var response = questions.ask(TestServer.WORKSPACE, "/traces?outcome=lost");

        assertThat(response.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(String.valueOf(response.contentType())).isEqualTo("application/problem+json");
        assertThat(Questions.json(response))
                .containsEntry("type", "urn:deploytrace:problem:invalid-parameter")
                .containsEntry("parameter", "outcome")
                .containsEntry(
                        "allowed",
                        List.of("running", "deployed", "blocked", "waiting", "ineligible", "failed", "skipped"));
    }
}
