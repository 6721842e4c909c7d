package io.deploytrace.vocabulary;

/**
 * The attribute keys of what a CI job records about itself. Those of pipelines, sources and deployments are OpenTelemetry's
 * (semantic conventions 1.43); the few that begin with {@value #PREFIX} are ours, where OpenTelemetry has none.
 */
public final class CicdKeys {

    /** Before each of our keys. */
    public static final String PREFIX = "ci.";

    /** The CI system: {@code github_actions}, {@code gitlab_ci}, {@code jenkins} or {@code buildkite}. */
    public static final String SYSTEM = PREFIX + "system";

    /** Who set the run off, by the name that the CI system knows. */
    public static final String ACTOR = PREFIX + "actor";

    /** Which attempt of the run or job this is, from 1. */
    public static final String ATTEMPT = PREFIX + "attempt";

    /** The pipeline: the workflow, project or build job. */
    public static final String PIPELINE_NAME = "cicd.pipeline.name";

    /** The run of the pipeline. */
    public static final String PIPELINE_RUN_ID = "cicd.pipeline.run.id";

    /** Where people read about the run. */
    public static final String PIPELINE_RUN_URL = "cicd.pipeline.run.url.full";

    /** The job or stage within the pipeline. */
    public static final String TASK_NAME = "cicd.pipeline.task.name";

    /** The run of the task. */
    public static final String TASK_RUN_ID = "cicd.pipeline.task.run.id";

    /** Where people read about the run of the task. */
    public static final String TASK_RUN_URL = "cicd.pipeline.task.run.url.full";

    /** What became of a span that the job recorded: {@code success} or {@code failure}. */
    public static final String TASK_RUN_RESULT = "cicd.pipeline.task.run.result";

    /** The machine or agent that runs the job. */
    public static final String WORKER_NAME = "cicd.worker.name";

    /** The id of the machine or agent. */
    public static final String WORKER_ID = "cicd.worker.id";

    /** The environment that is deployed to. */
    public static final String DEPLOYMENT_ENVIRONMENT = "deployment.environment.name";

    /** The repository, as a URL for people, without credentials. */
    public static final String REPOSITORY_URL = "vcs.repository.url.full";

    /** The repository's name. */
    public static final String REPOSITORY_NAME = "vcs.repository.name";

    /** The branch or tag. */
    public static final String REF_NAME = "vcs.ref.head.name";

    /** {@code branch} or {@code tag}. */
    public static final String REF_TYPE = "vcs.ref.head.type";

    /** The commit. */
    public static final String REVISION = "vcs.ref.head.revision";

    /** The pull request or merge request. */
    public static final String CHANGE_ID = "vcs.change.id";

    /** The exit code of the command that was run. */
    public static final String EXIT_CODE = "process.exit.code";

    /** The command that was run: its file's name alone, since arguments hold secrets. */
    public static final String EXECUTABLE = "process.executable.name";

    private CicdKeys() {}
}
