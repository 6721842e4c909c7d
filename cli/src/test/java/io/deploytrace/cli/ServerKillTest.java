package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server is killed at random points while clients send to it, and started again. The seed and the length are set by the system
 * properties {@code server.torture.seed} and {@code server.torture.kills}.
 */
class ServerKillTest {

    private static final int CLIENTS = 8;
    private static final int KILLS = Integer.getInteger("server.torture.kills", 3);
    private static final long SEED = Long.getLong("server.torture.seed", System.nanoTime());
    private static final String PARENT_TRACE = "0192aaaaaaaa" + "1".repeat(20);

    private final Random random = new Random(SEED);
    private String databaseUrl;
    private UUID workspace;
    private String key;
    private String token;

    @BeforeEach
    void prepare() throws Exception {
        databaseUrl = TestDatabase.createMigrated();
        workspace = UUID.fromString(program("workspace", "create", "acme"));
        key = program("key", "create", "--role", "write", "--workspace", workspace.toString());
        token = JobTokens.ofKeys(RunningServer.TOKEN_SECRET)
                .issue(new JobReference(workspace.toString(), PARENT_TRACE, "a".repeat(16), "job-1", null, null));
    }

    private String program(String... arguments) {
        var result = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", databaseUrl))
                .run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().strip();
    }

    @Test
    void acknowledgedSpans_areStoredOnceAndWhole_whereverTheServerIsKilled() throws Exception {
        System.out.printf("server.torture.seed=%d, server.torture.kills=%d%n", SEED, KILLS);
        var server = RunningServer.start(databaseUrl, "--auth", "required");
        var clients = clients(server.url());
        clients.forEach(Thread::start);
        for (var kill = 0; kill < KILLS; kill++) {
            awaitAcknowledgements(1 + random.nextInt(100));
            LockSupport.parkNanos(random.nextInt(20_000_000));
            server.kill();
            server = RunningServer.start(server.port(), databaseUrl, "--auth", "required");
        }
        awaitAcknowledgements(CLIENTS);
        for (var client : clients) {
            client.finish();
        }
        server.stop();

        var unanswered = StoredTraces.read(databaseUrl, workspace).assertHold(clients);
        System.out.printf(
                "acknowledged traces: %d; stored though not acknowledged: %d%n",
                clients.stream()
                        .mapToInt(client -> client.acknowledged().size())
                        .sum(),
                unanswered);
    }

    private List<SendingClient> clients(String url) {
        var clients = new ArrayList<SendingClient>();
        for (var number = 0; number < CLIENTS; number++) {
            clients.add(new SendingClient(random.nextLong(), number % 2 == 0, url, number < CLIENTS / 2 ? key : token));
        }
        return clients;
    }

    private static void awaitAcknowledgements(int more) {
        var enough = SendingClient.acknowledgedInAll() + more;
        Await.until(() -> SendingClient.acknowledgedInAll() >= enough);
    }
}
