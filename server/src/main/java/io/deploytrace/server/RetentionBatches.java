package io.deploytrace.server;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.store.TraceMaintenance.Removed;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what one workspace no longer keeps, batch by batch. Before each it asks whether it may go on, and looks at the workspace's
 * setting, which may have changed.
 */
final class RetentionBatches {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionBatches.class);

    /** How long one call of the store may go on: shorter than the lease, which is renewed between batches. */
    private static final Duration AT_A_TIME = SharedWork.LEASE_TIME.dividedBy(2);

    /** Ends a call of the store between two of its batches. */
    private static final class Halt extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Halt() {
            super(null, null, false, false);
        }
    }

    private final TraceMaintenance maintenance;
    private final WorkspaceStore workspaces;
    private final RetentionMeters meters;
    private final BooleanSupplier mayGoOn;

    RetentionBatches(
            TraceMaintenance maintenance, WorkspaceStore workspaces, RetentionMeters meters, BooleanSupplier mayGoOn) {
        this.maintenance = maintenance;
        this.workspaces = workspaces;
        this.meters = meters;
        this.mayGoOn = mayGoOn;
    }

    /**
     * Removes all that the workspace no longer keeps.
     *
     * @return whether it is done, or there is nothing to do; false if it may not go on
     * @throws SpanStoreException if the store fails
     */
    boolean removeAll(UUID workspaceId) {
        while (mayGoOn.getAsBoolean()) {
            var retention = retention(workspaceId);
            if (retention.isEmpty() || new Call(workspaceId, retention.get()).isThrough()) {
                return true;
            }
        }
        return false;
    }

    private Optional<Duration> retention(UUID workspaceId) {
        return workspaces.find(workspaceId, SharedWork.patience()).map(Workspace::retention);
    }

    /** A call of the store, for as long as the setting stays what it is. */
    private final class Call {

        private final UUID workspaceId;
        private final Duration retention;
        private Removed removed = new Removed(0, 0);

        Call(UUID workspaceId, Duration retention) {
            this.workspaceId = workspaceId;
            this.retention = retention;
        }

        /** Whether nothing is left; false if it was ended before. */
        boolean isThrough() {
            var before = maintenance.time(SharedWork.patience()).minus(retention);
            try {
                maintenance.prune(workspaceId, before, this::removed, Deadline.after(AT_A_TIME));
                return true;
            } catch (Halt halt) {
                return false;
            } catch (SpanStoreException e) {
                if (e.reason() == SpanStoreException.Reason.DEADLINE_PASSED && removed.traces() > 0) {
                    return false;
                }
                throw e;
            } finally {
                tell();
            }
        }

        private void removed(Removed soFar) {
            meters.removed(soFar.traces() - removed.traces(), soFar.spans() - removed.spans());
            removed = soFar;
            if (!mayGoOn.getAsBoolean() || !retention(workspaceId).equals(Optional.of(retention))) {
                throw new Halt();
            }
        }

        private void tell() {
            if (removed.traces() > 0) {
                LOG.info(
                        "Retention removed {} traces with {} spans of workspace {}, older than {}.",
                        removed.traces(),
                        removed.spans(),
                        workspaceId,
                        retention);
            }
        }
    }
}
