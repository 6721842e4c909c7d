package io.deploytrace.cli;

import io.deploytrace.recorder.JobReference;

/** Jobs to issue tokens for. */
final class TestJobs {

    private TestJobs() {}

    static JobReference job() {
        return new JobReference(
                TestTrace.WORKSPACE, "0123456789abcdef0123456789abcdef", "0123456789abcdef", "deploy-42", "shop", null);
    }
}
