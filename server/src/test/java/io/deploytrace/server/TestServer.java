package io.deploytrace.server;

import com.linecorp.armeria.client.WebClient;
import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.Role;
import io.deploytrace.store.TraceFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A server on loopback, on a store in memory that knows one workspace. */
final class TestServer implements AutoCloseable {

    static final UUID WORKSPACE = UUID.fromString("0193a4c0-0000-7000-8000-000000000001");
    static final UUID OTHER_WORKSPACE = UUID.fromString("0193a4c0-0000-7000-8000-000000000002");
    static final String SECRET = "the secret that signs the tokens of these tests";

    final InMemorySpanStore store = new InMemorySpanStore();
    final MemoryWorkspaces workspaces = new MemoryWorkspaces(List.of(WORKSPACE, OTHER_WORKSPACE));
    final MemoryApiKeys keys = new MemoryApiKeys();
    final JobTokens tokens = JobTokens.ofKeys("k1:" + SECRET);
    final DeploytraceServer server;

    private TestServer(UnaryOperator<DeploytraceServerBuilder> settings) {
        store.addWorkspace(WORKSPACE);
        store.addWorkspace(OTHER_WORKSPACE);
        var builder = DeploytraceServer.builder(store)
                .port(0)
                .reader(store)
                .changes(store)
                .workspaces(workspaces)
                .apiKeys(keys)
                .jobTokens(tokens);
        server = settings.apply(builder).build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the settings that differ. */
    static TestServer start(UnaryOperator<DeploytraceServerBuilder> settings) {
        return new TestServer(settings);
    }

    static TestServer start() {
        return start(settings -> settings);
    }

    /** With the limits that differ. */
    static TestServer limited(UnaryOperator<ServerLimits> limits) {
        return start(settings -> settings.limits(limits.apply(ServerLimits.DEFAULTS)));
    }

    int port() {
        return server.port();
    }

    /** A client that speaks HTTP/1.1 ({@code h1c}) or HTTP/2 ({@code h2c}). */
    WebClient client(String protocol) {
        return WebClient.builder(protocol + "://127.0.0.1:" + port())
                .responseTimeoutMillis(60_000)
                .maxResponseLength(0)
                .build();
    }

    String key(Role role, UUID workspace) {
        return keys.create(role, workspace, null, null, Deadline.after(Duration.ofSeconds(10)))
                .secret();
    }

    /** How many traces are stored, at most 1,000. */
    int traces(UUID workspace) {
        return store.traces(
                        workspace,
                        TraceFilter.ALL,
                        PageRequest.first(PageRequest.MAXIMUM_LIMIT),
                        Deadline.after(Duration.ofSeconds(10)))
                .items()
                .size();
    }

    /** How many spans the job has sent. */
    int jobSpans() {
        return store.spansOfJob(WORKSPACE, job().jobId(), Deadline.after(Duration.ofSeconds(10)))
                .size();
    }

    static JobReference job() {
        return new JobReference(
                WORKSPACE.toString(),
                "0123456789abcdef0123456789abcdef",
                "0123456789abcdef",
                "deploy-42",
                "shop",
                null);
    }

    @Override
    public void close() {
        server.close();
    }
}
