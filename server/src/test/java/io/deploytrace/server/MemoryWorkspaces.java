package io.deploytrace.server;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Workspaces without names, which stay as they are but for their retention; the store fails, or doesn't answer, when it is told to. */
final class MemoryWorkspaces implements WorkspaceStore {

    private final List<UUID> ids;
    private final Map<UUID, Duration> retention = new ConcurrentHashMap<>();
    private volatile Runnable fault = () -> {};
    private volatile CompletableFuture<Void> healed = new CompletableFuture<>();

    MemoryWorkspaces(List<UUID> ids) {
        this.ids = ids;
    }

    void fail() {
        fault = () -> {
            throw new SpanStoreException(SpanStoreException.Reason.UNAVAILABLE, "The test took the store away");
        };
    }

    /** Answers nobody until it is healed; the result comes once somebody waits. */
    CompletableFuture<Void> hold() {
        var waiting = new CompletableFuture<Void>();
        var released = new CompletableFuture<Void>();
        healed = released;
        fault = () -> {
            waiting.complete(null);
            released.join();
        };
        return waiting;
    }

    void heal() {
        fault = () -> {};
        healed.complete(null);
    }

    @Override
    public Workspace create(String name, Deadline deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Workspace> list(Deadline deadline) {
        fault.run();
        return ids.stream()
                .map(id -> new Workspace(id, null, retention.get(id)))
                .toList();
    }

    @Override
    public Optional<Workspace> find(UUID workspaceId, Deadline deadline) {
        return list(deadline).stream()
                .filter(workspace -> workspace.id().equals(workspaceId))
                .findFirst();
    }

    @Override
    public void retain(UUID workspaceId, @Nullable Duration keep, Deadline deadline) {
        retention.compute(workspaceId, (id, before) -> keep);
    }

    @Override
    public long delete(UUID workspaceId, LongConsumer progress, Deadline deadline) {
        throw new UnsupportedOperationException();
    }
}
