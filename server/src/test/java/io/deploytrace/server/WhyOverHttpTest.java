package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.linecorp.armeria.common.HttpStatus;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Why, over HTTP: of pipelines in pipelines, and of what isn't there. */
class WhyOverHttpTest {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(10));

    private final TestServer server = TestServer.start();
    private final Fixtures fixtures = new Fixtures(1);
    private final Questions questions = new Questions(server.client("h2c"), "");

    @AfterEach
    void stop() {
        server.close();
    }

    private Map<String, Object> ask(String path) {
        var response = questions.ask(TestServer.WORKSPACE, path);
        assertThat(response.status()).as(response.contentUtf8()).isEqualTo(HttpStatus.OK);
        return Questions.json(response);
    }

    @Test
    void why_traceThatHasExpired_saysSoWhateverAnotherWorkspaceHolds() {
        var began = Instant.now().minus(Duration.ofDays(45));
        var expired = "%012x".formatted(began.toEpochMilli()) + "7".repeat(20);
        var path = "/traces/" + expired + "/why";
        server.workspaces.retain(TestServer.WORKSPACE, Duration.ofDays(30), DEADLINE);

        var missing = Questions.json(questions.ask(TestServer.WORKSPACE, path));
        server.store.write(renamed(fixtures.single(TestServer.OTHER_WORKSPACE), expired), DEADLINE);
        var foreign = questions.ask(TestServer.WORKSPACE, path);

        assertThat(missing.get("detail").toString())
                .startsWith("There is no trace " + expired + " here. By its id it began ")
                .contains("45 d ago. Traces are kept for 30 d here, so if it was here it has been removed.");
        assertThat(foreign.status()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(Questions.json(foreign).get("detail")).isEqualTo(missing.get("detail"));
        assertThat(questions.ask(TestServer.OTHER_WORKSPACE, path).status()).isEqualTo(HttpStatus.OK);
    }

    private static List<Span> renamed(List<Span> spans, String traceId) {
        return spans.stream()
                .map(span -> new Span(
                        traceId,
                        span.spanId(),
                        span.parentSpanId(),
                        span.name(),
                        span.startTime(),
                        span.endTime(),
                        span.attributes(),
                        span.events()))
                .toList();
    }

    @Test
    void why_ofATargetThatIsNotThere_namesSimilarOnesOfItsWorkspaceAlone() {
        server.store.write(fixtures.completeWorkflow(TestServer.WORKSPACE, "checkout-production"), DEADLINE);
        server.store.write(
                fixtures.stopped(TestServer.OTHER_WORKSPACE, "checkout-prodution-eu", Status.BLOCKED), DEADLINE);

        assertThat(ask("/why?releaseTarget=checkout-prodution"))
                .containsEntry("outcome", null)
                .containsEntry("similar", List.of("checkout-production"));
    }

    @Test
    void why_aPipelineOfAPipelineFailed_isTheCauseOfTheTraceAndOfTheTarget() {
        var parent = fixtures.failedJob(TestServer.WORKSPACE, "shop", "deploy-1");
        var pipeline = fixtures.external(TestServer.WORKSPACE, parent.get(0).traceId(), "deploy-1", Status.COMPLETED);
        var inner = fixtures.external(TestServer.WORKSPACE, pipeline.get(0).traceId(), "stage-2", Status.FAILED);
        List.of(parent, pipeline, inner).forEach(trace -> server.store.write(trace, DEADLINE));

        var ofTrace = ask("/traces/" + parent.get(0).traceId() + "/why");
        var ofTarget = ask("/why?releaseTarget=shop");
        var detail = ask("/traces/" + parent.get(0).traceId());

        assertThat(ofTrace.get("blockers")).isEqualTo(ofTarget.get("blockers"));
        assertThat(Questions.objects(ofTrace, "blockers"))
                .extracting(blocker -> blocker.get("name"), blocker -> blocker.get("message"))
                .containsExactly(tuple("apply", "exit 7"));
        assertThat(Questions.objects(Questions.objects(ofTrace, "blockers").get(0), "within"))
                .extracting(job -> job.get("name"))
                .containsExactly("Job: github-action", "build");
        assertThat(Questions.objects(detail, "linkedTraces")).hasSize(2);
        assertThat(Questions.objects(detail, "spans")).hasSize(parent.size() + pipeline.size() + inner.size());
        assertThat(detail).containsEntry("overallOutcome", "failed");
    }
}
