package io.deploytrace.ci;

import io.deploytrace.vocabulary.CicdKeys;
import java.util.Map;

/** The CI systems whose jobs know what they are, by the variables that each documents. */
enum Runner {
    GITHUB_ACTIONS("github_actions") {
        @Override
        boolean runs(RunnerVariables variables) {
            return variables.is("GITHUB_ACTIONS", "true");
        }

        @Override
        String job(RunnerVariables variables) {
            // The jobs of a matrix have one name; runners on one machine have names of their own.
            return variables.all("GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_JOB", "RUNNER_NAME");
        }

        @Override
        void describe(RunnerVariables variables, RunnerFacts facts) {
            var repository = variables.joined("GITHUB_SERVER_URL", "/", "GITHUB_REPOSITORY");
            var attempt = variables.get("GITHUB_RUN_ATTEMPT");
            facts.put(CicdKeys.PIPELINE_NAME, variables.get("GITHUB_WORKFLOW"))
                    .put(CicdKeys.PIPELINE_RUN_ID, variables.get("GITHUB_RUN_ID"))
                    .putUrl(CicdKeys.PIPELINE_RUN_URL, runUrl(repository, variables.get("GITHUB_RUN_ID"), attempt))
                    .put(CicdKeys.TASK_NAME, variables.get("GITHUB_JOB"))
                    .put(CicdKeys.ACTOR, variables.first("GITHUB_TRIGGERING_ACTOR", "GITHUB_ACTOR"))
                    .putNumber(CicdKeys.ATTEMPT, attempt, 0)
                    .putUrl(CicdKeys.REPOSITORY_URL, repository)
                    .put(CicdKeys.REPOSITORY_NAME, variables.get("GITHUB_REPOSITORY"))
                    .put(CicdKeys.REF_NAME, variables.first("GITHUB_HEAD_REF", "GITHUB_REF_NAME"))
                    .put(CicdKeys.REF_TYPE, variables.get("GITHUB_REF_TYPE"))
                    .put(CicdKeys.REVISION, variables.get("GITHUB_SHA"))
                    .put(CicdKeys.CHANGE_ID, variables.part("GITHUB_REF", PULL_REQUEST))
                    .put(CicdKeys.WORKER_NAME, variables.get("RUNNER_NAME"));
        }

        private String runUrl(String repository, String run, String attempt) {
            if (repository.isEmpty() || run.isEmpty()) {
                return "";
            }
            return repository + "/actions/runs/" + run + (attempt.isEmpty() ? "" : "/attempts/" + attempt);
        }
    },

    GITLAB_CI("gitlab_ci") {
        @Override
        boolean runs(RunnerVariables variables) {
            return variables.is("GITLAB_CI", "true");
        }

        @Override
        String job(RunnerVariables variables) {
            return variables.all("CI_JOB_ID");
        }

        @Override
        void describe(RunnerVariables variables, RunnerFacts facts) {
            facts.put(CicdKeys.PIPELINE_NAME, variables.first("CI_PIPELINE_NAME", "CI_PROJECT_PATH"))
                    .put(CicdKeys.PIPELINE_RUN_ID, variables.get("CI_PIPELINE_ID"))
                    .putUrl(CicdKeys.PIPELINE_RUN_URL, variables.get("CI_PIPELINE_URL"))
                    .put(CicdKeys.TASK_NAME, variables.get("CI_JOB_NAME"))
                    .put(CicdKeys.TASK_RUN_ID, variables.get("CI_JOB_ID"))
                    .putUrl(CicdKeys.TASK_RUN_URL, variables.get("CI_JOB_URL"))
                    .put(CicdKeys.ACTOR, variables.get("GITLAB_USER_LOGIN"))
                    .putUrl(CicdKeys.REPOSITORY_URL, variables.get("CI_PROJECT_URL"))
                    .put(CicdKeys.REPOSITORY_NAME, variables.get("CI_PROJECT_PATH"))
                    .put(CicdKeys.REF_NAME, variables.get("CI_COMMIT_REF_NAME"))
                    .put(CicdKeys.REF_TYPE, variables.refType("CI_COMMIT_TAG", "CI_COMMIT_REF_NAME"))
                    .put(CicdKeys.REVISION, variables.get("CI_COMMIT_SHA"))
                    .put(CicdKeys.CHANGE_ID, variables.get("CI_MERGE_REQUEST_IID"))
                    .put(CicdKeys.DEPLOYMENT_ENVIRONMENT, variables.get("CI_ENVIRONMENT_NAME"))
                    .put(CicdKeys.WORKER_NAME, variables.get("CI_RUNNER_DESCRIPTION"))
                    .put(CicdKeys.WORKER_ID, variables.get("CI_RUNNER_ID"));
        }
    },

    BUILDKITE("buildkite") {
        @Override
        boolean runs(RunnerVariables variables) {
            return variables.is("BUILDKITE", "true");
        }

        @Override
        String job(RunnerVariables variables) {
            return variables.all("BUILDKITE_JOB_ID");
        }

        @Override
        void describe(RunnerVariables variables, RunnerFacts facts) {
            facts.put(CicdKeys.PIPELINE_NAME, variables.get("BUILDKITE_PIPELINE_SLUG"))
                    .put(CicdKeys.PIPELINE_RUN_ID, variables.get("BUILDKITE_BUILD_ID"))
                    .putUrl(CicdKeys.PIPELINE_RUN_URL, variables.get("BUILDKITE_BUILD_URL"))
                    .put(CicdKeys.TASK_NAME, variables.first("BUILDKITE_LABEL", "BUILDKITE_STEP_KEY"))
                    .put(CicdKeys.TASK_RUN_ID, variables.get("BUILDKITE_JOB_ID"))
                    .put(CicdKeys.TASK_RUN_URL, variables.joined("BUILDKITE_BUILD_URL", "#", "BUILDKITE_JOB_ID"))
                    .put(CicdKeys.ACTOR, variables.first("BUILDKITE_BUILD_CREATOR", "BUILDKITE_BUILD_AUTHOR"))
                    .putNumber(CicdKeys.ATTEMPT, variables.get("BUILDKITE_RETRY_COUNT"), 1)
                    .putUrl(CicdKeys.REPOSITORY_URL, variables.get("BUILDKITE_REPO"))
                    .put(CicdKeys.REF_NAME, variables.first("BUILDKITE_TAG", "BUILDKITE_BRANCH"))
                    .put(CicdKeys.REF_TYPE, variables.refType("BUILDKITE_TAG", "BUILDKITE_BRANCH"))
                    .put(CicdKeys.REVISION, variables.unless("BUILDKITE_COMMIT", "HEAD"))
                    .put(CicdKeys.CHANGE_ID, variables.unless("BUILDKITE_PULL_REQUEST", "false"))
                    .put(CicdKeys.WORKER_NAME, variables.get("BUILDKITE_AGENT_NAME"))
                    .put(CicdKeys.WORKER_ID, variables.get("BUILDKITE_AGENT_ID"));
        }
    },

    JENKINS("jenkins") {
        @Override
        boolean runs(RunnerVariables variables) {
            // The address is there only where an administrator has set it.
            return !variables.get("BUILD_NUMBER").isEmpty()
                    && !variables.first("JENKINS_URL", "JENKINS_HOME").isEmpty();
        }

        @Override
        String job(RunnerVariables variables) {
            return variables.all("JOB_NAME", "BUILD_NUMBER");
        }

        @Override
        void describe(RunnerVariables variables, RunnerFacts facts) {
            var branch = variables.first("CHANGE_BRANCH", "BRANCH_NAME");
            var ref = branch.isEmpty() ? variables.part("GIT_BRANCH", REMOTE_BRANCH) : branch;
            facts.put(CicdKeys.PIPELINE_NAME, variables.get("JOB_NAME"))
                    .put(CicdKeys.PIPELINE_RUN_ID, variables.get("BUILD_NUMBER"))
                    .putUrl(CicdKeys.PIPELINE_RUN_URL, variables.get("BUILD_URL"))
                    .put(CicdKeys.TASK_NAME, variables.get("STAGE_NAME"))
                    .put(CicdKeys.ACTOR, variables.get("BUILD_USER_ID"))
                    .putUrl(CicdKeys.REPOSITORY_URL, variables.get("GIT_URL"))
                    .put(CicdKeys.REF_NAME, variables.get("TAG_NAME").isEmpty() ? ref : variables.get("TAG_NAME"))
                    .put(CicdKeys.REF_TYPE, variables.refType("TAG_NAME", "CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH"))
                    .put(CicdKeys.REVISION, variables.get("GIT_COMMIT"))
                    .put(CicdKeys.CHANGE_ID, variables.get("CHANGE_ID"))
                    .put(CicdKeys.WORKER_NAME, variables.get("NODE_NAME"));
        }
    };

    private static final String PULL_REQUEST = "refs/pull/([0-9]+)/.*";

    /** Jenkins names the branch as Git names that of the remote it was fetched from. */
    private static final String REMOTE_BRANCH = "(?:origin/)?(.+)";

    private final String system;

    Runner(String system) {
        this.system = system;
    }

    /** Whether this process is part of a job of the system. */
    abstract boolean runs(RunnerVariables variables);

    /** What tells the job from others that run on the same machine. */
    abstract String job(RunnerVariables variables);

    /** Adds what the job knows about itself. Only named variables are read: the others may hold secrets. */
    abstract void describe(RunnerVariables variables, RunnerFacts facts);

    /** What the job in which this process runs knows about itself; nothing where the CI system isn't known. */
    static Map<String, Object> facts(RunnerVariables variables) {
        var facts = new RunnerFacts();
        for (var runner : values()) {
            if (runner.runs(variables)) {
                runner.describe(variables, facts.put(CicdKeys.SYSTEM, runner.system));
                break;
            }
        }
        return facts.all();
    }

    /** What tells this process's job from others on the machine; empty where the CI system isn't known. */
    static String jobOf(RunnerVariables variables) {
        for (var runner : values()) {
            if (runner.runs(variables)) {
                return runner.name() + " " + runner.job(variables);
            }
        }
        return "";
    }
}
