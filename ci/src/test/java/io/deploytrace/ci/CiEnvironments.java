package io.deploytrace.ci;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The environments of jobs as the CI systems document them, those with secrets among them. */
final class CiEnvironments {

    /** Stands in each value that is secret. */
    static final String SECRET = "s3cr3t";

    private static final String GITHUB = """
            ACTIONS_CACHE_URL=https://acghubeus1.actions.githubusercontent.com/s3cr3t/
            ACTIONS_ID_TOKEN_REQUEST_TOKEN=eyJ.s3cr3t.id
            ACTIONS_ID_TOKEN_REQUEST_URL=https://pipelines.actions.githubusercontent.com/idtoken?token=s3cr3t
            ACTIONS_RESULTS_URL=https://results-receiver.actions.githubusercontent.com/
            ACTIONS_RUNTIME_TOKEN=eyJ.s3cr3t.runtime
            ACTIONS_RUNTIME_URL=https://pipelines.actions.githubusercontent.com/s3cr3t/
            AWS_SECRET_ACCESS_KEY=s3cr3t-aws
            CI=true
            GH_TOKEN=ghs_s3cr3t
            GITHUB_ACTION=__run_2
            GITHUB_ACTIONS=true
            GITHUB_ACTION_REF=
            GITHUB_ACTION_REPOSITORY=
            GITHUB_ACTOR=octocat
            GITHUB_ACTOR_ID=583231
            GITHUB_API_URL=https://api.github.com
            GITHUB_BASE_REF=
            GITHUB_ENV=/home/runner/work/_temp/_runner_file_commands/set_env_1
            GITHUB_EVENT_NAME=push
            GITHUB_EVENT_PATH=/home/runner/work/_temp/_github_workflow/event.json
            GITHUB_GRAPHQL_URL=https://api.github.com/graphql
            GITHUB_HEAD_REF=
            GITHUB_JOB=deploy
            GITHUB_OUTPUT=/home/runner/work/_temp/_runner_file_commands/set_output_1
            GITHUB_PATH=/home/runner/work/_temp/_runner_file_commands/add_path_1
            GITHUB_REF=refs/heads/feature-branch-1
            GITHUB_REF_NAME=feature-branch-1
            GITHUB_REF_PROTECTED=false
            GITHUB_REF_TYPE=branch
            GITHUB_REPOSITORY=octocat/hello-world
            GITHUB_REPOSITORY_ID=1296269
            GITHUB_REPOSITORY_OWNER=octocat
            GITHUB_REPOSITORY_OWNER_ID=583231
            GITHUB_RETENTION_DAYS=90
            GITHUB_RUN_ATTEMPT=3
            GITHUB_RUN_ID=1658821493
            GITHUB_RUN_NUMBER=17
            GITHUB_SERVER_URL=https://github.com
            GITHUB_SHA=ffac537e6cbbf934b08745a378932722df287a53
            GITHUB_STEP_SUMMARY=/home/runner/work/_temp/_runner_file_commands/step_summary_1
            GITHUB_TOKEN=ghs_s3cr3t
            GITHUB_TRIGGERING_ACTOR=hubot
            GITHUB_WORKFLOW=Deploy
            GITHUB_WORKFLOW_REF=octocat/hello-world/.github/workflows/deploy.yml@refs/heads/feature-branch-1
            GITHUB_WORKFLOW_SHA=ffac537e6cbbf934b08745a378932722df287a53
            GITHUB_WORKSPACE=/home/runner/work/hello-world/hello-world
            INPUT_TOKEN=ghs_s3cr3t
            RUNNER_ARCH=X64
            RUNNER_DEBUG=1
            RUNNER_ENVIRONMENT=github-hosted
            RUNNER_NAME=GitHub Actions 2
            RUNNER_OS=Linux
            RUNNER_TOOL_CACHE=/opt/hostedtoolcache
            """;

    private static final String GITLAB = """
            CI=true
            CI_API_V4_URL=https://gitlab.example.com/api/v4
            CI_BUILDS_DIR=/builds
            CI_COMMIT_AUTHOR=Ada <ada@example.com>
            CI_COMMIT_BEFORE_SHA=0000000000000000000000000000000000000000
            CI_COMMIT_BRANCH=main
            CI_COMMIT_MESSAGE=Rotate the password to s3cr3t
            CI_COMMIT_REF_NAME=main
            CI_COMMIT_REF_PROTECTED=true
            CI_COMMIT_REF_SLUG=main
            CI_COMMIT_SHA=1ecfd275763eff1d6b4844ea3168962458c9f27a
            CI_COMMIT_SHORT_SHA=1ecfd275
            CI_COMMIT_TITLE=Rotate the password to s3cr3t
            CI_DEFAULT_BRANCH=main
            CI_DEPENDENCY_PROXY_PASSWORD=s3cr3t
            CI_DEPLOY_PASSWORD=s3cr3t
            CI_DEPLOY_USER=gitlab+deploy-token-1
            CI_ENVIRONMENT_ACTION=start
            CI_ENVIRONMENT_NAME=production/eu
            CI_ENVIRONMENT_SLUG=production-eu-k2hv3s
            CI_ENVIRONMENT_TIER=production
            CI_ENVIRONMENT_URL=https://eu.example.com
            CI_JOB_ID=50
            CI_JOB_IMAGE=ruby:3.3
            CI_JOB_JWT=eyJ.s3cr3t
            CI_JOB_NAME=deploy: [eu]
            CI_JOB_STAGE=deploy
            CI_JOB_STARTED_AT=2026-01-31T16:47:55Z
            CI_JOB_TOKEN=glcbt-s3cr3t
            CI_JOB_URL=https://gitlab.example.com/gitlab-org/gitlab/-/jobs/50
            CI_PIPELINE_ID=1000
            CI_PIPELINE_IID=10
            CI_PIPELINE_NAME=Release
            CI_PIPELINE_SOURCE=push
            CI_PIPELINE_URL=https://gitlab.example.com/gitlab-org/gitlab/-/pipelines/1000
            CI_PROJECT_DIR=/builds/gitlab-org/gitlab
            CI_PROJECT_ID=34
            CI_PROJECT_NAME=gitlab
            CI_PROJECT_NAMESPACE=gitlab-org
            CI_PROJECT_PATH=gitlab-org/gitlab
            CI_PROJECT_URL=https://gitlab.example.com/gitlab-org/gitlab
            CI_REGISTRY=registry.example.com
            CI_REGISTRY_PASSWORD=s3cr3t
            CI_REGISTRY_USER=gitlab-ci-token
            CI_REPOSITORY_URL=https://gitlab-ci-token:glcbt-s3cr3t@gitlab.example.com/gitlab-org/gitlab.git
            CI_RUNNER_DESCRIPTION=shared runner 7
            CI_RUNNER_ID=12270807
            CI_RUNNER_SHORT_TOKEN=s3cr3tXYZ
            CI_RUNNER_TAGS=["docker", "linux"]
            CI_SERVER=yes
            CI_SERVER_URL=https://gitlab.example.com
            GITLAB_CI=true
            GITLAB_FEATURES=audit_events
            GITLAB_USER_EMAIL=ada@example.com
            GITLAB_USER_ID=42
            GITLAB_USER_LOGIN=ada
            GITLAB_USER_NAME=Ada
            KUBECONFIG=/builds/s3cr3t/kubeconfig
            """;

    private static final String JENKINS = """
            BRANCH_IS_PRIMARY=true
            BRANCH_NAME=main
            BUILD_DISPLAY_NAME=#153
            BUILD_ID=153
            BUILD_NUMBER=153
            BUILD_TAG=jenkins-shop-main-153
            BUILD_URL=https://jenkins.example.com/job/shop/job/main/153/
            BUILD_USER_ID=ada
            CI=true
            DOCKER_PSW=s3cr3t
            DOCKER_USR=robot
            EXECUTOR_NUMBER=0
            GIT_BRANCH=main
            GIT_COMMIT=ce9a3c1404e8c91be604088670e93434c4253f03
            GIT_PREVIOUS_COMMIT=0000000404e8c91be604088670e93434c4253f03
            GIT_URL=https://robot:s3cr3t@git.example.com/shop.git
            HUDSON_COOKIE=s3cr3t
            HUDSON_URL=https://jenkins.example.com/
            JENKINS_HOME=/var/jenkins_home
            JENKINS_NODE_COOKIE=s3cr3t
            JENKINS_SERVER_COOKIE=durable-s3cr3t
            JENKINS_URL=https://jenkins.example.com/
            JOB_BASE_NAME=main
            JOB_NAME=shop/main
            JOB_URL=https://jenkins.example.com/job/shop/job/main/
            NODE_LABELS=built-in linux
            NODE_NAME=agent-3
            STAGE_NAME=Deploy
            WORKSPACE=/var/jenkins_home/workspace/shop_main
            """;

    private static final String BUILDKITE = """
            BUILDKITE=true
            BUILDKITE_AGENT_ACCESS_TOKEN=s3cr3t
            BUILDKITE_AGENT_ENDPOINT=https://agent.buildkite.com/v3
            BUILDKITE_AGENT_ID=1a222222-e999-3636-a8dd-2a2dddde2222
            BUILDKITE_AGENT_META_DATA_QUEUE=default
            BUILDKITE_AGENT_NAME=elastic-builders-088f208d-1
            BUILDKITE_API_TOKEN=s3cr3t
            BUILDKITE_BRANCH=main
            BUILDKITE_BUILD_AUTHOR=Grace Hopper
            BUILDKITE_BUILD_AUTHOR_EMAIL=grace@example.com
            BUILDKITE_BUILD_CREATOR=Ada Lovelace
            BUILDKITE_BUILD_CREATOR_EMAIL=ada@example.com
            BUILDKITE_BUILD_ID=4735ba57-80d0-46e2-8fa0-b28223a86586
            BUILDKITE_BUILD_NUMBER=1514
            BUILDKITE_BUILD_URL=https://buildkite.com/acme-inc/my-project/builds/1514
            BUILDKITE_COMMAND=deploy --password s3cr3t
            BUILDKITE_COMMIT=83a20ec058e2fb00e7fa4558c4c6e81e2dcf253d
            BUILDKITE_JOB_ID=e44f9784-e20e-4b93-a21d-f41fd5869db9
            BUILDKITE_LABEL=:rocket: Deploy
            BUILDKITE_MESSAGE=Rotate the password to s3cr3t
            BUILDKITE_ORGANIZATION_SLUG=acme-inc
            BUILDKITE_PIPELINE_PROVIDER=github
            BUILDKITE_PIPELINE_SLUG=my-project
            BUILDKITE_PULL_REQUEST=false
            BUILDKITE_PULL_REQUEST_REPO=
            BUILDKITE_REPO=https://x-access-token:s3cr3t@github.com/acme-inc/my-project.git
            BUILDKITE_RETRY_COUNT=0
            BUILDKITE_SOURCE=webhook
            BUILDKITE_STEP_ID=080b7d73-986d-4a39-a510-b34f9faf4710
            BUILDKITE_STEP_KEY=deploy
            BUILDKITE_TAG=
            BUILDKITE_TRIGGERED_FROM_BUILD_ID=
            CI=true
            """;

    private CiEnvironments() {}

    static Map<String, String> github() {
        return parse(GITHUB);
    }

    static Map<String, String> gitlab() {
        return parse(GITLAB);
    }

    static Map<String, String> jenkins() {
        return parse(JENKINS);
    }

    static Map<String, String> buildkite() {
        return parse(BUILDKITE);
    }

    private static Map<String, String> parse(String lines) {
        return lines.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (one, other) -> other, TreeMap::new));
    }
}
