package io.deploytrace.server;

import io.deploytrace.testkit.Await;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Listens to one server, then to the other, and breaks off at any point, always to go on after the last id that it heard. */
final class RestlessClient implements AutoCloseable {

    private final EventServers servers;
    private final UUID workspace;
    private final Random random;
    private final Map<String, Long> revisions = new HashMap<>();
    private EventClient client;
    private int connections = 1;
    private int events;

    RestlessClient(EventServers servers, UUID workspace, Random random) {
        this.servers = servers;
        this.workspace = workspace;
        this.random = random;
        this.client = servers.first.listen(workspace, null).connected();
    }

    /** Hears a few events, breaks off, and begins again. */
    void reconnect() {
        var enough = random.nextInt(20);
        Await.until(() -> client.events().size() >= enough || client.heartbeats() > 5);
        client.close();
        Await.until(client::isEnded);
        takeUp();
        var server = random.nextBoolean() ? servers.first : servers.second;
        client = server.listen(workspace, client.lastId());
        connections++;
    }

    private void takeUp() {
        revisions.putAll(client.revisions());
        events += client.events().size();
    }

    Map<String, Long> revisions() {
        var all = new HashMap<>(revisions);
        all.putAll(client.revisions());
        return all;
    }

    int connections() {
        return connections;
    }

    int events() {
        return events + client.events().size();
    }

    @Override
    public void close() {
        client.close();
    }
}
