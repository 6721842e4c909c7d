package io.deploytrace.buffer;

import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresMaintenance;
import io.deploytrace.store.postgres.PostgresSchema;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.testkit.StoreUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A buffer in front of PostgreSQL passes the whole contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BufferedPostgresStoreTest extends BufferedStoreContract {

    private SharedDatabase server;
    private HikariDataSource pool;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = SharedDatabase.open(directory.resolve("data"));
        pool = new HikariDataSource();
        pool.setDataSource(server.dataSource());
        new PostgresSchema(pool).migrate();
    }

    @AfterAll
    void stop() {
        pool.close();
        server.close();
    }

    @Override
    StoreUnderTest buffered() {
        var store = PostgresSpanStore.builder(pool).build();
        return BufferedStore.of(store, store, new PostgresMaintenance(pool), this::newWorkspace);
    }

    private UUID newWorkspace() {
        return new PostgresWorkspaces(pool)
                .create(UUID.randomUUID().toString(), Deadline.after(Duration.ofSeconds(30)))
                .id();
    }
}
