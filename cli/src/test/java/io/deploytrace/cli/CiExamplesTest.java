package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.testkit.InstalledProgram;
import io.deploytrace.vocabulary.CicdKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for CI systems, run as their runners would, record what they say and no secret. */
class CiExamplesTest {

    private static final String SECRET = "hunter2";
    private static final String ROOT = "Deploy checkout";

    /** Of a job all of whose steps succeed. */
    private static final Map<String, String> ALL =
            Map.of(ROOT, "completed", "Build", "completed", "Test", "completed", "Release", "completed");

    /** Of a job that ends with its tests. */
    private static final Map<String, String> FAILED = Map.of(ROOT, "failed", "Build", "completed", "Test", "failed");

    @TempDir
    private static Path shared;

    private static CiServer server;
    private static Path archive;

    @TempDir
    private Path directory;

    private CiServer.TriggeredJob job;
    private CiShell shell;

    @BeforeAll
    static void start() throws Exception {
        InstalledProgram.require("curl");
        server = CiServer.start();
        archive = PackagedProgram.pack(shared);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void trigger() throws Exception {
        job = server.trigger();
        shell = new CiShell(directory).set("MY_PASSWORD", SECRET);
    }

    private GitHubRunner gitHub() throws Exception {
        var event = Files.writeString(
                directory.resolve("event.json"),
                "{\n  \"inputs\": {\n    \"deploytrace_token\": \"" + job.token() + "\"\n  }\n}\n");
        shell.setAll(Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_EVENT_PATH", event.toString(),
                "GITHUB_SERVER_URL", "https://git.example.com",
                "GITHUB_REPOSITORY", "shop/checkout",
                "GITHUB_RUN_ID", "8123",
                "GITHUB_RUN_ATTEMPT", "2",
                "GITHUB_JOB", "deploy",
                "GITHUB_SHA", "4be1c0de",
                "GITHUB_TOKEN", SECRET,
                "RUNNER_TEMP", directory.resolve("runner").toString()));
        return new GitHubRunner(
                shell,
                Map.of(
                        "vars.DEPLOYTRACE_URL",
                        server.url(),
                        "vars.DEPLOYTRACE_ARCHIVE",
                        archive.toUri().toString()));
    }

    @Test
    void gitHubActions_recordsTheJob_andKeepsTheTokenOutOfTheLog() throws Exception {
        var runner = gitHub();

        runner.runWorkflow();

        assertThat(runner.failed()).as(runner.log()).isFalse();
        assertThat(runner.log()).contains("built checkout:5.3.5", "***").doesNotContain(job.token());
        assertRecorded(ALL, "Release", "checkout:4be1c0de");
        assertFacts(Map.of(
                CicdKeys.SYSTEM, "github_actions",
                CicdKeys.PIPELINE_RUN_URL, "https://git.example.com/shop/checkout/actions/runs/8123/attempts/2",
                CicdKeys.ATTEMPT, 2L,
                CicdKeys.REVISION, "4be1c0de"));
    }

    @Test
    void gitHubActions_failedStep_failsTheJobAndItsSpan() throws Exception {
        shell.make("test");
        var runner = gitHub();

        runner.runWorkflow();

        assertThat(runner.failed()).isTrue();
        assertRecorded(FAILED);
    }

    private GitLabRunner gitLab() {
        shell.setAll(Map.of(
                "GITLAB_CI",
                "true",
                "DEPLOYTRACE_TOKEN",
                job.token(),
                "DEPLOYTRACE_URL",
                server.url(),
                "DEPLOYTRACE_ARCHIVE",
                archive.toUri().toString(),
                "CI_JOB_ID",
                "42",
                "CI_PROJECT_URL",
                "https://gitlab-ci-token:" + SECRET + "@git.example.com/shop/checkout",
                "CI_JOB_TOKEN",
                SECRET,
                "CI_COMMIT_SHA",
                "4be1c0de"));
        return new GitLabRunner(shell);
    }

    @Test
    void gitLabCi_recordsTheJob() throws Exception {
        var step = gitLab().runJob("deploy");

        assertThat(step.exitCode()).as(step.log()).isZero();
        assertThat(step.log()).contains("built checkout:5.3.5");
        assertRecorded(ALL, ROOT, "checkout:4be1c0de");
        assertFacts(Map.of(
                CicdKeys.SYSTEM, "gitlab_ci",
                CicdKeys.TASK_RUN_ID, "42",
                CicdKeys.REPOSITORY_URL, "https://git.example.com/shop/checkout"));
    }

    @Test
    void gitLabCi_failedStep_failsTheJobAndItsSpan() throws Exception {
        shell.make("test");

        assertThat(gitLab().runJob("deploy").exitCode()).isEqualTo(2);

        assertRecorded(FAILED);
    }

    private JenkinsAgent jenkins() {
        shell.setAll(Map.of(
                "JENKINS_URL", "https://jenkins.example.com/",
                "JOB_NAME", "shop/checkout",
                "BUILD_NUMBER", "42",
                "STAGE_NAME", "Deploy",
                "GIT_COMMIT", "4be1c0de",
                "GIT_URL", "https://deployer:" + SECRET + "@git.example.com/shop/checkout",
                "WORKSPACE", shell.work().toString(),
                "WORKSPACE_TMP", directory.resolve("work@tmp").toString(),
                "DEPLOYTRACE_TOKEN", job.token()));
        return new JenkinsAgent(
                shell,
                Map.of(
                        "DEPLOYTRACE_URL",
                        server.url(),
                        "DEPLOYTRACE_ARCHIVE",
                        archive.toUri().toString()));
    }

    @Test
    void jenkins_recordsTheJob_andKeepsTheTokenOutOfTheLog() throws Exception {
        var step = jenkins().runPipeline();

        assertThat(step.exitCode()).as(step.log()).isZero();
        assertThat(step.log()).contains("built checkout:5.3.5").doesNotContain(job.token());
        assertRecorded(ALL, ROOT, "checkout:4be1c0de");
        assertFacts(Map.of(
                CicdKeys.SYSTEM, "jenkins",
                CicdKeys.TASK_NAME, "Deploy",
                CicdKeys.REPOSITORY_URL, "https://git.example.com/shop/checkout"));
    }

    @Test
    void jenkins_failedStep_failsTheJobAndItsSpan() throws Exception {
        shell.make("test");

        assertThat(jenkins().runPipeline().exitCode()).isEqualTo(2);

        assertRecorded(FAILED);
    }

    private Map<String, Span> recorded() {
        return server.recorded(job).stream().collect(Collectors.toMap(Span::name, Function.identity()));
    }

    /** That the image was noted on the span of this name. */
    private void assertRecorded(Map<String, String> statuses, String noted, String image) {
        assertRecorded(statuses);
        assertThat(recorded().get(noted).events())
                .extracting(event -> event.attributes().get("image"))
                .containsExactly(image);
    }

    private void assertRecorded(Map<String, String> statuses) {
        var spans = recorded();
        assertThat(spans.values().stream().collect(Collectors.toMap(Span::name, Span::status)))
                .isEqualTo(statuses);
        var root = spans.remove(ROOT);
        assertThat(root.parentSpanId()).isNull();
        assertThat(root.attributes().get(CicdKeys.TASK_RUN_RESULT))
                .isEqualTo(root.status().equals("failed") ? "failure" : "success");
        assertThat(spans.values())
                .allSatisfy(span -> assertThat(span.parentSpanId()).isEqualTo(root.spanId()));
        assertThat(List.of(server.recorded(job)).toString()).doesNotContain(SECRET, job.token());
    }

    private void assertFacts(Map<String, Object> facts) {
        assertThat(recorded().get(ROOT).attributes().asMap()).containsAllEntriesOf(facts);
    }
}
