package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.vocabulary.CicdKeys;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a job knows about itself, by the variables that its CI system documents. */
class RunnerTest {

    private static Map<String, Object> facts(Map<String, String> variables) {
        return Runner.facts(new RunnerVariables(variables));
    }

    private static Map<String, String> with(Map<String, String> variables, String... pairs) {
        for (var i = 0; i < pairs.length; i += 2) {
            variables.put(pairs[i], pairs[i + 1]);
        }
        return variables;
    }

    @Test
    void facts_gitHubActions_areThoseOfTheRun() {
        assertThat(facts(CiEnvironments.github()))
                .isEqualTo(Map.ofEntries(
                        Map.entry(CicdKeys.SYSTEM, "github_actions"),
                        Map.entry(CicdKeys.PIPELINE_NAME, "Deploy"),
                        Map.entry(CicdKeys.PIPELINE_RUN_ID, "1658821493"),
                        Map.entry(
                                CicdKeys.PIPELINE_RUN_URL,
                                "https://github.com/octocat/hello-world/actions/runs/1658821493/attempts/3"),
                        Map.entry(CicdKeys.TASK_NAME, "deploy"),
                        Map.entry(CicdKeys.ACTOR, "hubot"),
                        Map.entry(CicdKeys.ATTEMPT, 3L),
                        Map.entry(CicdKeys.REPOSITORY_URL, "https://github.com/octocat/hello-world"),
                        Map.entry(CicdKeys.REPOSITORY_NAME, "octocat/hello-world"),
                        Map.entry(CicdKeys.REF_NAME, "feature-branch-1"),
                        Map.entry(CicdKeys.REF_TYPE, "branch"),
                        Map.entry(CicdKeys.REVISION, "ffac537e6cbbf934b08745a378932722df287a53"),
                        Map.entry(CicdKeys.WORKER_NAME, "GitHub Actions 2")));
    }

    @Test
    void facts_gitHubPullRequest_nameItsBranchAndNumber() {
        var pull = with(
                CiEnvironments.github(),
                "GITHUB_REF",
                "refs/pull/42/merge",
                "GITHUB_REF_NAME",
                "42/merge",
                "GITHUB_HEAD_REF",
                "feature-branch-1",
                "GITHUB_BASE_REF",
                "main");

        assertThat(facts(pull))
                .containsEntry(CicdKeys.REF_NAME, "feature-branch-1")
                .containsEntry(CicdKeys.REF_TYPE, "branch")
                .containsEntry(CicdKeys.CHANGE_ID, "42");
    }

    @Test
    void facts_gitHubTag_nameTheTag() {
        var tag = with(
                CiEnvironments.github(),
                "GITHUB_REF",
                "refs/tags/v1",
                "GITHUB_REF_NAME",
                "v1",
                "GITHUB_REF_TYPE",
                "tag");

        assertThat(facts(tag)).containsEntry(CicdKeys.REF_NAME, "v1").containsEntry(CicdKeys.REF_TYPE, "tag");
    }

    @Test
    void facts_gitLab_areThoseOfTheJob() {
        assertThat(facts(CiEnvironments.gitlab()))
                .isEqualTo(Map.ofEntries(
                        Map.entry(CicdKeys.SYSTEM, "gitlab_ci"),
                        Map.entry(CicdKeys.PIPELINE_NAME, "Release"),
                        Map.entry(CicdKeys.PIPELINE_RUN_ID, "1000"),
                        Map.entry(
                                CicdKeys.PIPELINE_RUN_URL,
                                "https://gitlab.example.com/gitlab-org/gitlab/-/pipelines/1000"),
                        Map.entry(CicdKeys.TASK_NAME, "deploy: [eu]"),
                        Map.entry(CicdKeys.TASK_RUN_ID, "50"),
                        Map.entry(CicdKeys.TASK_RUN_URL, "https://gitlab.example.com/gitlab-org/gitlab/-/jobs/50"),
                        Map.entry(CicdKeys.ACTOR, "ada"),
                        Map.entry(CicdKeys.REPOSITORY_URL, "https://gitlab.example.com/gitlab-org/gitlab"),
                        Map.entry(CicdKeys.REPOSITORY_NAME, "gitlab-org/gitlab"),
                        Map.entry(CicdKeys.REF_NAME, "main"),
                        Map.entry(CicdKeys.REF_TYPE, "branch"),
                        Map.entry(CicdKeys.REVISION, "1ecfd275763eff1d6b4844ea3168962458c9f27a"),
                        Map.entry(CicdKeys.DEPLOYMENT_ENVIRONMENT, "production/eu"),
                        Map.entry(CicdKeys.WORKER_NAME, "shared runner 7"),
                        Map.entry(CicdKeys.WORKER_ID, "12270807")));
    }

    @Test
    void facts_gitLabTagOrMergeRequest_sayWhichOne() {
        assertThat(facts(with(CiEnvironments.gitlab(), "CI_COMMIT_TAG", "v1", "CI_COMMIT_REF_NAME", "v1")))
                .containsEntry(CicdKeys.REF_NAME, "v1")
                .containsEntry(CicdKeys.REF_TYPE, "tag");
        assertThat(facts(with(CiEnvironments.gitlab(), "CI_MERGE_REQUEST_IID", "7", "CI_PIPELINE_NAME", "")))
                .containsEntry(CicdKeys.CHANGE_ID, "7")
                .containsEntry(CicdKeys.PIPELINE_NAME, "gitlab-org/gitlab");
    }

    @Test
    void facts_jenkins_areThoseOfTheBuild() {
        assertThat(facts(CiEnvironments.jenkins()))
                .isEqualTo(Map.ofEntries(
                        Map.entry(CicdKeys.SYSTEM, "jenkins"),
                        Map.entry(CicdKeys.PIPELINE_NAME, "shop/main"),
                        Map.entry(CicdKeys.PIPELINE_RUN_ID, "153"),
                        Map.entry(CicdKeys.PIPELINE_RUN_URL, "https://jenkins.example.com/job/shop/job/main/153/"),
                        Map.entry(CicdKeys.TASK_NAME, "Deploy"),
                        Map.entry(CicdKeys.ACTOR, "ada"),
                        Map.entry(CicdKeys.REPOSITORY_URL, "https://git.example.com/shop.git"),
                        Map.entry(CicdKeys.REF_NAME, "main"),
                        Map.entry(CicdKeys.REF_TYPE, "branch"),
                        Map.entry(CicdKeys.REVISION, "ce9a3c1404e8c91be604088670e93434c4253f03"),
                        Map.entry(CicdKeys.WORKER_NAME, "agent-3")));
    }

    @Test
    void facts_jenkinsWithoutABranchOfItsOwn_nameThatOfGitWithoutTheRemote() {
        var build = with(CiEnvironments.jenkins(), "BRANCH_NAME", "", "GIT_BRANCH", "origin/feature/x");
        assertThat(facts(build)).containsEntry(CicdKeys.REF_NAME, "feature/x");
    }

    @Test
    void facts_jenkinsPullRequestOrTag_sayWhichOne() {
        var pull = with(CiEnvironments.jenkins(), "BRANCH_NAME", "PR-24", "CHANGE_ID", "24", "CHANGE_BRANCH", "fix");
        assertThat(facts(pull))
                .containsEntry(CicdKeys.REF_NAME, "fix")
                .containsEntry(CicdKeys.REF_TYPE, "branch")
                .containsEntry(CicdKeys.CHANGE_ID, "24");
        assertThat(facts(with(CiEnvironments.jenkins(), "BRANCH_NAME", "v1", "TAG_NAME", "v1")))
                .containsEntry(CicdKeys.REF_NAME, "v1")
                .containsEntry(CicdKeys.REF_TYPE, "tag");
    }

    @Test
    void facts_jenkinsWhoseAddressNobodySet_areRecordedAsWell() {
        var build = CiEnvironments.jenkins();
        build.remove("JENKINS_URL");
        build.remove("HUDSON_URL");
        build.remove("BUILD_URL");

        assertThat(facts(build)).containsEntry(CicdKeys.SYSTEM, "jenkins").doesNotContainKey(CicdKeys.PIPELINE_RUN_URL);
    }

    @Test
    void facts_buildkite_areThoseOfTheJob() {
        assertThat(facts(CiEnvironments.buildkite()))
                .isEqualTo(Map.ofEntries(
                        Map.entry(CicdKeys.SYSTEM, "buildkite"),
                        Map.entry(CicdKeys.PIPELINE_NAME, "my-project"),
                        Map.entry(CicdKeys.PIPELINE_RUN_ID, "4735ba57-80d0-46e2-8fa0-b28223a86586"),
                        Map.entry(CicdKeys.PIPELINE_RUN_URL, "https://buildkite.com/acme-inc/my-project/builds/1514"),
                        Map.entry(CicdKeys.TASK_NAME, ":rocket: Deploy"),
                        Map.entry(CicdKeys.TASK_RUN_ID, "e44f9784-e20e-4b93-a21d-f41fd5869db9"),
                        Map.entry(
                                CicdKeys.TASK_RUN_URL,
                                "https://buildkite.com/acme-inc/my-project/builds/1514"
                                        + "#e44f9784-e20e-4b93-a21d-f41fd5869db9"),
                        Map.entry(CicdKeys.ACTOR, "Ada Lovelace"),
                        Map.entry(CicdKeys.ATTEMPT, 1L),
                        Map.entry(CicdKeys.REPOSITORY_URL, "https://github.com/acme-inc/my-project.git"),
                        Map.entry(CicdKeys.REF_NAME, "main"),
                        Map.entry(CicdKeys.REF_TYPE, "branch"),
                        Map.entry(CicdKeys.REVISION, "83a20ec058e2fb00e7fa4558c4c6e81e2dcf253d"),
                        Map.entry(CicdKeys.WORKER_NAME, "elastic-builders-088f208d-1"),
                        Map.entry(CicdKeys.WORKER_ID, "1a222222-e999-3636-a8dd-2a2dddde2222")));
    }

    @Test
    void facts_buildkiteVariants_areUnderstood() {
        assertThat(facts(with(CiEnvironments.buildkite(), "BUILDKITE_RETRY_COUNT", "2")))
                .containsEntry(CicdKeys.ATTEMPT, 3L);
        assertThat(facts(with(CiEnvironments.buildkite(), "BUILDKITE_PULL_REQUEST", "123")))
                .containsEntry(CicdKeys.CHANGE_ID, "123");
        assertThat(facts(with(CiEnvironments.buildkite(), "BUILDKITE_TAG", "v1")))
                .containsEntry(CicdKeys.REF_NAME, "v1")
                .containsEntry(CicdKeys.REF_TYPE, "tag");
        assertThat(facts(with(CiEnvironments.buildkite(), "BUILDKITE_COMMIT", "HEAD")))
                .doesNotContainKey(CicdKeys.REVISION);
        assertThat(facts(with(CiEnvironments.buildkite(), "BUILDKITE_REPO", "git@github.com:acme/x.git")))
                .containsEntry(CicdKeys.REPOSITORY_URL, "git@github.com:acme/x.git");
    }

    @Test
    void facts_secrets_areNowhereInTheMessage() {
        for (var variables : List.of(
                CiEnvironments.github(),
                CiEnvironments.gitlab(),
                CiEnvironments.jenkins(),
                CiEnvironments.buildkite())) {
            var span = new NewSpan("n", "n", 0, Instant.EPOCH, Map.of(), variables).in(JobState.of("t"));

            assertThat(SpanMessage.open("t", span)).contains(CicdKeys.SYSTEM).doesNotContain(CiEnvironments.SECRET);
        }
    }

    @Test
    void facts_noCiSystem_areNone() {
        assertThat(facts(Map.of("CI", "true", "HOME", "/root"))).isEmpty();
        assertThat(facts(Map.of("GITHUB_ACTIONS", "false", "JENKINS_URL", "https://jenkins.example.com/")))
                .isEmpty();
    }

    /** As where sudo leaves little of the environment. */
    @Test
    void facts_onlyTheSystemIsKnown_areTheSystemAlone() {
        for (var only :
                List.of(Map.of("GITHUB_ACTIONS", "true"), Map.of("GITLAB_CI", "true"), Map.of("BUILDKITE", "true"))) {
            assertThat(facts(only)).containsOnlyKeys(CicdKeys.SYSTEM);
        }
        assertThat(facts(Map.of("JENKINS_HOME", "/var", "BUILD_NUMBER", "1")))
                .containsOnlyKeys(CicdKeys.SYSTEM, CicdKeys.PIPELINE_RUN_ID);
    }

    @Test
    void facts_attemptThatIsNoNumber_isLeftOut() {
        var variables = new HashMap<>(with(CiEnvironments.github(), "GITHUB_RUN_ATTEMPT", "many"));

        assertThat(facts(variables)).doesNotContainKey(CicdKeys.ATTEMPT);
    }
}
