package io.deploytrace.recorder;

import static io.deploytrace.recorder.TestRecorder.TARGET;
import static io.deploytrace.recorder.TestRecorder.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ways to say where a trace is written, and what to do when it can't be. */
class UsagePatternsTest {

    private final CapturingStore store = new CapturingStore();
    private final List<SpanStoreException> reported = new ArrayList<>();
    private boolean deployed;

    // example: store-at-the-start
    void reconcileWithStore(String workspaceId, String releaseTargetKey, SpanWriter store) {
        try (var reconcile = ReconcileTarget.builder(workspaceId, releaseTargetKey)
                .store(store)
                .start()) {
            deploy(reconcile);
            reconcile.complete(Status.COMPLETED);
        }
    }
    // end

    // example: store-at-the-end
    void reconcileThenChooseStore(String workspaceId, String releaseTargetKey) {
        try (var reconcile =
                ReconcileTarget.builder(workspaceId, releaseTargetKey).start()) {
            deploy(reconcile);
            reconcile.complete(Status.COMPLETED);
            reconcile.persist(chooseStore());
        }
    }
    // end

    // example: errors
    void reconcileAndReportErrors(String workspaceId, String releaseTargetKey, SpanWriter store) {
        var reconcile = ReconcileTarget.builder(workspaceId, releaseTargetKey).start();
        deploy(reconcile);
        reconcile.complete(Status.COMPLETED);
        try {
            reconcile.persist(store);
        } catch (SpanStoreException e) {
            report(e); // the deployment goes on; e.isRetryable() says whether persisting again can help
        }
    }
    // end

    @Test
    void storeAtTheStart_writesOnceOnClose() {
        reconcileWithStore(WORKSPACE, TARGET, store);

        assertThat(store.spans()).extracting(Span::status).containsExactly("completed");
    }

    @Test
    void storeAtTheEnd_writesOnce() {
        reconcileThenChooseStore(WORKSPACE, TARGET);

        assertThat(store.spans()).extracting(Span::status).containsExactly("completed");
    }

    @Test
    void storeThatFails_isReportedAndTheDeploymentGoesOn() {
        store.failure = new SpanStoreException(Reason.UNAVAILABLE, "The database is down");

        reconcileAndReportErrors(WORKSPACE, TARGET, store);

        assertThat(deployed).isTrue();
        assertThat(reported).singleElement().isSameAs(store.failure);
    }

    @Test
    void deploymentThatThrows_isWrittenAsFailedAndItsExceptionGoesOn() {
        var broken = new IllegalStateException("The cluster is gone");

        assertThatThrownBy(() -> {
                    try (var reconcile = ReconcileTarget.builder(WORKSPACE, TARGET)
                            .store(store)
                            .start()) {
                        reconcile.startExecution();
                        throw broken;
                    }
                })
                .isSameAs(broken)
                .hasNoSuppressedExceptions();

        assertThat(store.spans()).extracting(Span::status).containsExactly("failed", "completed");
    }

    private void deploy(ReconcileTarget reconcile) {
        reconcile.addMetadata("version", "v1.2.3");
        deployed = true;
    }

    private SpanWriter chooseStore() {
        return store;
    }

    private void report(SpanStoreException e) {
        reported.add(e);
    }
}
