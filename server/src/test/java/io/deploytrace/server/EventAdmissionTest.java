package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.ChangedTraces;
import io.deploytrace.store.ChangesRequest;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.Role;
import io.deploytrace.store.TraceChanges;
import io.deploytrace.testkit.Await;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may listen, for how long, and what that costs the store. */
@Timeout(60)
class EventAdmissionTest {

    /** Counts what it is asked. */
    private static final class CountingChanges implements TraceChanges {

        private final InMemorySpanStore store = new InMemorySpanStore();
        private final AtomicInteger calls = new AtomicInteger();
        private volatile int requests;

        @Override
        public String now(Deadline deadline) {
            return store.now(deadline);
        }

        @Override
        public List<ChangedTraces> since(Collection<ChangesRequest> asked, int limit, Deadline deadline) {
            assertThat(new HashSet<>(asked)).hasSameSizeAs(asked);
            calls.incrementAndGet();
            requests = asked.size();
            return store.since(asked, limit, deadline);
        }
    }

    private static EventClient listen(TestServer server, String key, UUID workspace) {
        return EventClient.listen("h2c://127.0.0.1:" + server.port(), key, workspace, null);
    }

    @Test
    void keyOfAnotherWorkspace_jobTokensAndUnknownWorkspaces_getTheSame404() {
        try (var server = TestServer.start(settings -> settings.authenticationRequired(true))) {
            var foreign = server.key(Role.ADMIN, TestServer.OTHER_WORKSPACE);
            var everywhere = server.key(Role.READ, null);
            var job = server.tokens.issue(TestServer.job());

            assertThat(listen(server, foreign, TestServer.WORKSPACE).status()).isEqualTo(404);
            assertThat(listen(server, job, TestServer.WORKSPACE).status()).isEqualTo(404);
            assertThat(listen(server, everywhere, UUID.randomUUID()).status()).isEqualTo(404);
            assertThat(listen(server, "", TestServer.WORKSPACE).status()).isEqualTo(401);
            try (var client = listen(server, everywhere, TestServer.WORKSPACE)) {
                assertThat(client.status()).isEqualTo(200);
            }
        }
    }

    @Test
    void streamOfARevokedKey_endsWithinTenSeconds_whileOthersGoOn() {
        try (var server = TestServer.start(settings -> settings.authenticationRequired(true))) {
            var key = server.key(Role.READ, TestServer.WORKSPACE);
            var other = server.key(Role.READ, TestServer.WORKSPACE);
            try (var client = listen(server, key, TestServer.WORKSPACE).connected();
                    var staying = listen(server, other, TestServer.WORKSPACE).connected()) {
                var revoked = System.nanoTime();
                server.keys.revoke(key.substring(0, 11), Deadline.after(Duration.ofSeconds(1)));
                Await.until(client::isEnded);

                assertThat(Duration.ofNanos(System.nanoTime() - revoked)).isLessThan(Duration.ofSeconds(10));
                assertThat(staying.isEnded()).isFalse();
            }
        }
    }

    @Test
    void streamsOfAWorkspace_shareAQuestion_andNoneIsAskedWhenNobodyListens() {
        var changes = new CountingChanges();
        try (var server = server(changes)) {
            assertThat(changes.calls).hasValue(0);
            var clients = List.of(
                    listen(server, "", TestServer.WORKSPACE),
                    listen(server, "", TestServer.WORKSPACE),
                    listen(server, "", TestServer.OTHER_WORKSPACE));
            clients.forEach(EventClient::connected);
            Await.until(() -> changes.requests == 2);
            awaitCalls(changes, 3);
            assertThat(changes.requests).isEqualTo(2);

            clients.forEach(EventClient::close);
            assertIsQuiet(changes);
        }
    }

    private static TestServer server(CountingChanges changes) {
        return TestServer.start(settings ->
                settings.changes(changes).eventLimits(new EventLimits(Duration.ofMillis(50), 100, 100, 1 << 20)));
    }

    private static void awaitCalls(CountingChanges changes, int more) {
        var enough = changes.calls.get() + more;
        Await.until(() -> changes.calls.get() >= enough);
    }

    /** Nothing is asked in the time in which another server, which has someone who listens, asks five times. */
    private static void assertIsQuiet(CountingChanges changes) {
        var others = new CountingChanges();
        try (var other = server(others);
                var client = listen(other, "", TestServer.WORKSPACE)) {
            Await.until(() -> {
                var before = changes.calls.get();
                awaitCalls(others, 5);
                return changes.calls.get() == before;
            });
            assertThat(client.isEnded()).isFalse();
        }
    }
}
