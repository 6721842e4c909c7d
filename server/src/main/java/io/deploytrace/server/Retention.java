package io.deploytrace.server;

import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import io.micrometer.core.instrument.MeterRegistry;

/** Removes the traces that workspaces no longer keep. */
final class Retention implements SharedWork.Round {

    static final String NAME = "retention";

    private final TraceMaintenance maintenance;
    private final WorkspaceStore workspaces;
    private final RetentionMeters meters;

    private Retention(TraceMaintenance maintenance, WorkspaceStore workspaces, RetentionMeters meters) {
        this.maintenance = maintenance;
        this.workspaces = workspaces;
        this.meters = meters;
    }

    /** The work, not begun. */
    static SharedWork work(SharedWorkSettings settings, WorkspaceStore workspaces, MeterRegistry registry) {
        var retention = new Retention(settings.maintenance(), workspaces, new RetentionMeters(registry));
        return settings.work(new SharedWorkMeters(registry, NAME), retention);
    }

    @Override
    public boolean run(SharedWork work) {
        var batches = new RetentionBatches(maintenance, workspaces, meters, work::mayGoOn);
        var complete = true;
        for (var workspace : workspaces.list(SharedWork.patience())) {
            complete &= workspace.retention() == null || isDone(workspace, batches, work);
        }
        return complete;
    }

    private static boolean isDone(Workspace workspace, RetentionBatches batches, SharedWork work) {
        try {
            return !work.isStopping() && batches.removeAll(workspace.id());
        } catch (RuntimeException e) {
            work.failed("Retention of workspace " + workspace.id() + " failed, and is tried again: " + e.getMessage());
            return false;
        }
    }
}
