package io.deploytrace.cli;

/** What happens in one reconcile of the demonstration's day. */
enum DemoPlot {
    /** All policies allow it, the job runs, the verification passes. */
    DEPLOYED,
    /** The same, where the job's pipeline recorded a trace of its own. */
    DEPLOYED_BY_PIPELINE,
    /** Nobody has approved yet. */
    NO_APPROVAL,
    /** One of two people has approved. */
    HALF_APPROVED,
    /** A change freeze forbids it. */
    FREEZE,
    /** The deployment window is closed. */
    OUTSIDE_WINDOW,
    /** The version has not been healthy in the environment before for long enough. */
    SOAKING,
    /** All deployment slots are taken. */
    NO_SLOT,
    /** Policies allow it, but the target isn't healthy. */
    UNHEALTHY_TARGET,
    /** Policies allow it, but the job was retried too often. */
    RETRIES_EXHAUSTED,
    /** The job's pipeline fails in one of its steps. */
    FAILED_PIPELINE,
    /** The job succeeds, its verification doesn't, and the version before is put back. */
    ROLLED_BACK,
    /** Nothing to do. */
    UP_TO_DATE,
    /** The job is still under way. */
    RUNNING,
    /** The controller died while it waited for the job. */
    CONTROLLER_DIED
}
