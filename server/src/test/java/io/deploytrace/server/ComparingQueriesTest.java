package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpStatus;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the API answers about differences, histories and fan-outs, on a store in memory. */
class ComparingQueriesTest {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(10));

    private final TestServer server = TestServer.start(settings -> settings.authenticationRequired(true));
    private final Fixtures fixtures = new Fixtures(1);
    private final Questions questions =
            new Questions(server.client("h2c"), server.key(Role.READ, TestServer.WORKSPACE));

    @AfterEach
    void stop() {
        server.close();
    }

    private String record(List<Span> spans) {
        server.store.write(spans, DEADLINE);
        return spans.get(0).traceId();
    }

    private String deployed(UUID workspace) {
        return record(fixtures.completeWorkflow(workspace, "shop"));
    }

    private String blocked(UUID workspace) {
        return record(fixtures.stopped(workspace, "shop", Status.BLOCKED));
    }

    private Map<String, Object> ask(String path) {
        var response = questions.ask(TestServer.WORKSPACE, path);
        assertThat(response.status()).as(response.contentUtf8()).isEqualTo(HttpStatus.OK);
        return Questions.json(response);
    }

    private Map<String, Object> problem(String path, HttpStatus status) {
        var response = questions.ask(TestServer.WORKSPACE, path);
        assertThat(response.status()).as(response.contentUtf8()).isEqualTo(status);
        return Questions.json(response);
    }

    @Test
    void diff_ofTwoTraces_tellsWhichStepsFlipped() {
        var a = deployed(TestServer.WORKSPACE);
        var b = blocked(TestServer.WORKSPACE);

        var diff = ask("/diff?a=" + a + "&b=" + b.toUpperCase(java.util.Locale.ROOT));

        assertThat(diff).containsEntry("releaseTargetKey", "shop").containsEntry("outlined", false);
        assertThat(Questions.objects(diff, "steps"))
                .extracting(step -> step.get("change") + " " + step.get("name"))
                .contains("same Planning", "flipped Approval Policy", "vanished Verification");
        assertThat(Questions.objects(diff, "fields"))
                .extracting(field -> field.get("key"))
                .containsExactly("release", "outcome");
        assertThat(ask("/diff?releaseTarget=shop").get("steps")).isEqualTo(diff.get("steps"));
    }

    @Test
    void diff_ofATargetWithoutAnother_isAnAnswerWithoutTraces() {
        blocked(TestServer.WORKSPACE);

        for (var target : List.of("shop", "nobody")) {
            var diff = ask("/diff?releaseTarget=" + target);

            assertThat(diff)
                    .containsEntry("a", null)
                    .containsEntry("b", null)
                    .containsEntry("releaseTargetKey", target);
            assertThat((List<?>) diff.get("answer")).hasSize(2);
        }
    }

    @Test
    void diff_askedWrongly_saysWhatIsMissing() {
        var trace = deployed(TestServer.WORKSPACE);

        assertThat(problem("/diff?a=" + trace, HttpStatus.BAD_REQUEST)).containsEntry("parameter", "b");
        assertThat(problem("/diff", HttpStatus.BAD_REQUEST)).containsEntry("parameter", "a");
        assertThat(problem("/diff?a=latest&b=" + trace, HttpStatus.BAD_REQUEST)).containsEntry("parameter", "a");
        assertThat(problem("/diff?releaseTarget=shop&b=" + trace, HttpStatus.BAD_REQUEST))
                .containsEntry("parameter", "releaseTarget");
        var unknown = "ab".repeat(16);
        assertThat(problem("/diff?a=" + trace + "&b=" + unknown, HttpStatus.NOT_FOUND))
                .containsEntry("type", "urn:deploytrace:problem:trace-not-found")
                .containsEntry("detail", "There is no trace " + unknown + " in this workspace.");
    }

    @Test
    void anotherWorkspacesTraces_areNeitherComparedNorCounted() {
        var own = deployed(TestServer.WORKSPACE);
        var foreign = blocked(TestServer.OTHER_WORKSPACE);
        var unknown = "ab".repeat(16);

        var ofForeign = problem("/diff?a=" + own + "&b=" + foreign, HttpStatus.NOT_FOUND);
        var ofUnknown = problem("/diff?a=" + own + "&b=" + unknown, HttpStatus.NOT_FOUND);
        assertThat(ofForeign.get("detail").toString().replace(foreign, unknown)).isEqualTo(ofUnknown.get("detail"));
        assertThat(ask("/diff?releaseTarget=shop")).containsEntry("a", null);
        assertThat(Questions.objects(ask("/history?releaseTarget=shop"), "lines"))
                .hasSize(1);
        assertThat(ask("/fanout?releaseId=v1.2.4")).containsEntry("targets", 0);
        for (var path :
                List.of("/diff?releaseTarget=shop", "/history?releaseTarget=shop", "/fanout?releaseId=v1.2.4")) {
            assertThat(questions.ask(TestServer.OTHER_WORKSPACE, path).status()).isEqualTo(HttpStatus.NOT_FOUND);
        }
    }

    @Test
    void history_inPages_joinsIntoTheWholeAndItsCursorIsGoodForItAlone() {
        for (var i = 0; i < 2; i++) {
            deployed(TestServer.WORKSPACE);
            blocked(TestServer.WORKSPACE);
            blocked(TestServer.WORKSPACE);
        }
        record(fixtures.failedJob(TestServer.WORKSPACE, "shop", "deploy-1"));
        var whole = Questions.objects(ask("/history?releaseTarget=shop"), "lines");
        var joined = new ArrayList<Map<String, Object>>();
        var next = "";
        do {
            var page = ask("/history?releaseTarget=shop&limit=2" + next);
            joined.addAll(Questions.objects(page, "lines"));
            next = page.get("nextCursor") == null ? "" : "&cursor=" + page.get("nextCursor");
            if (!next.isEmpty()) {
                assertThat(problem("/history?releaseTarget=other" + next, HttpStatus.BAD_REQUEST))
                        .containsEntry("type", "urn:deploytrace:problem:invalid-cursor");
                assertThat(problem("/traces?releaseTarget=shop" + next, HttpStatus.BAD_REQUEST))
                        .containsEntry("type", "urn:deploytrace:problem:invalid-cursor");
            }
        } while (!next.isEmpty());

        assertThat(joined).isEqualTo(whole);
        assertThat(whole).extracting(line -> line.get("count")).contains(2).doesNotContain(0);
        assertThat(Questions.objects(ask("/history?releaseTarget=shop&until=24h"), "lines"))
                .isEmpty();
    }

    @Test
    void whatIsntOnRecord_mayHaveBeenRemoved() {
        server.workspaces.retain(TestServer.WORKSPACE, Duration.ofDays(30), DEADLINE);

        for (var path :
                List.of("/diff?releaseTarget=shop", "/history?releaseTarget=shop", "/fanout?releaseId=v1.2.4")) {
            assertThat(ask(path).get("answer").toString())
                    .contains(" is on record.", "Records are kept for 30 d here; what is older is removed.");
        }
    }

    @Test
    void fanout_ofARelease_groupsItsTargets() {
        record(fixtures.stopped(TestServer.WORKSPACE, "a", Status.BLOCKED));
        record(fixtures.stopped(TestServer.WORKSPACE, "b", Status.BLOCKED));
        record(fixtures.stopped(TestServer.WORKSPACE, "c", Status.PENDING));
        record(fixtures.completeWorkflow(TestServer.WORKSPACE, "a"));

        var fanout = ask("/fanout?releaseId=v1.2.4");

        assertThat(fanout).containsEntry("targets", 3).containsEntry("truncated", false);
        var groups = Questions.objects(fanout, "groups");
        assertThat(groups)
                .extracting(group -> group.get("outcome") + " " + group.get("count"))
                .containsExactly("blocked 2", "waiting 1");
        assertThat(Questions.objects(groups.get(0), "targets"))
                .extracting(target -> target.get("releaseTargetKey") + " " + target.get("supersededBy"))
                .containsExactly("a v1.2.3", "b null");
        assertThat(problem("/fanout", HttpStatus.BAD_REQUEST)).containsEntry("parameter", "releaseId");
    }
}
