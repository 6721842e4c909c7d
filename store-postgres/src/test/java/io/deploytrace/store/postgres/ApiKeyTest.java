package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys in a database with a workspace, at a settled time. */
abstract class ApiKeyTest {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final SettableClock clock = new SettableClock(NOW);
    final Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    PostgresApiKeys keys;
    UUID workspace;

    @BeforeEach
    void connect() {
        keys = new PostgresApiKeys(database.dataSource(), clock);
        workspace = database.createWorkspace();
    }

    String create() {
        return keys.create(Role.WRITE, workspace, "CI", null, deadline).secret();
    }
}
