package io.deploytrace.vocabulary;

/**
 * The attribute keys of a deployment span. Every key begins with {@value #PREFIX}; the store copies those that
 * have a column of their own into it and keeps all of them in the {@code attributes} column.
 */
public final class AttributeKeys {

    /** The prefix of every key that Deploytrace writes. */
    public static final String PREFIX = "ctrlplane.";

    /** The workspace (tenant) as a UUID in lower case. On every span; column {@code workspace_id}. */
    public static final String WORKSPACE_ID = PREFIX + "workspace_id";

    /** The release target, an opaque name such as {@code api-service-production}. Column {@code release_target_key}. */
    public static final String RELEASE_TARGET_KEY = PREFIX + "release_target_key";

    /** The release that was to be deployed; absent until known. Column {@code release_id}. */
    public static final String RELEASE_ID = PREFIX + "release_id";

    /** The job that was triggered; absent before the trigger. Column {@code job_id}. */
    public static final String JOB_ID = PREFIX + "job_id";

    /** The trace that this trace belongs under, 32 hex digits; absent on a trace that stands alone. Column {@code parent_trace_id}. */
    public static final String PARENT_TRACE_ID = PREFIX + "parent_trace_id";

    /**
     * The span of the parent trace that triggered the job, 16 hex digits; on the roots of a trace that a job sent to the server.
     */
    public static final String PARENT_SPAN_ID = PREFIX + "parent_span_id";

    /** One of {@link Phase}. Column {@code phase}. */
    public static final String PHASE = PREFIX + "phase";

    /** One of {@link NodeType}. Column {@code node_type}. */
    public static final String NODE_TYPE = PREFIX + "node_type";

    /** One of {@link Status}. Column {@code status}. */
    public static final String STATUS = PREFIX + "status";

    /** The number of edges from the root, which has 0. Column {@code depth}. */
    public static final String DEPTH = PREFIX + "depth";

    /** The order in which the spans of a trace were started, gap-free from 0, the root. Column {@code sequence}. */
    public static final String SEQUENCE = PREFIX + "sequence";

    /** What set the reconciliation off, such as {@code version.created}; on the root, absent when not given. */
    public static final String TRIGGER = PREFIX + "trigger";

    /** The verdict of an evaluation ({@link Result}), check ({@link CheckResult}) or step ({@link StepResult}). */
    public static final String RESULT = PREFIX + "result";

    /** The sentence that explains a verdict. */
    public static final String MESSAGE = PREFIX + "message";

    /** The policy rule that an evaluation evaluated; absent when not given. */
    public static final String RULE_ID = PREFIX + "rule_id";

    /** When a verdict is evaluated again, RFC 3339; absent when not given. */
    public static final String NEXT_EVALUATION = PREFIX + "next_evaluation";

    /** One of {@link Decision}; on decisions. */
    public static final String DECISION = PREFIX + "decision";

    /** The kind of job that was triggered, such as {@code github-action}. */
    public static final String JOB_TYPE = PREFIX + "job_type";

    /** Before each key of a job's configuration: {@code ctrlplane.job_config.workflow}. */
    public static final String JOB_CONFIG_PREFIX = PREFIX + "job_config.";

    /** How many attributes or events the recorder left out, because a store holds no more; absent when none. */
    public static final String CUT_COUNT = PREFIX + "cut_count";

    private AttributeKeys() {}
}
