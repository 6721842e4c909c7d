package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The tables can be distributed by workspace. A twin of them that is partitioned so has the same rules for its keys,
 * and its plans show that each statement looks for its workspace in one place.
 */
class DistributionTest {

    private static final Pattern PARTITION = Pattern.compile("(spans|traces)_of_shard_\\d");

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    @BeforeEach
    void makeTwin() {
        database.execute("""
                CREATE SCHEMA twin;
                CREATE TABLE twin.deployment_trace_span (LIKE deployment_trace_span INCLUDING DEFAULTS)
                  PARTITION BY HASH (workspace_id);
                ALTER TABLE twin.deployment_trace_span ADD PRIMARY KEY (workspace_id, id);
                CREATE UNIQUE INDEX ON twin.deployment_trace_span (workspace_id, trace_id, span_id);
                CREATE TABLE twin.deployment_trace (LIKE deployment_trace INCLUDING DEFAULTS)
                  PARTITION BY HASH (workspace_id);
                ALTER TABLE twin.deployment_trace ADD PRIMARY KEY (workspace_id, trace_id);
                """);
        for (var shard = 0; shard < 4; shard++) {
            database.execute("""
                    CREATE TABLE twin.spans_of_shard_%1$d PARTITION OF twin.deployment_trace_span
                      FOR VALUES WITH (MODULUS 4, REMAINDER %1$d);
                    CREATE TABLE twin.traces_of_shard_%1$d PARTITION OF twin.deployment_trace
                      FOR VALUES WITH (MODULUS 4, REMAINDER %1$d);
                    """.formatted(shard));
        }
    }

    @Test
    void everyStatement_looksIntoTheShardOfItsWorkspaceAlone() {
        var twin = new PGSimpleDataSource();
        twin.setUrl(database.url());
        twin.setCurrentSchema("twin");
        var connections = new Database(twin);

        for (var query : StatementsTest.statements(UUID.randomUUID())) {
            var plan = String.join("\n", explain(connections, query));
            var shards = new TreeSet<String>();
            PARTITION.matcher(plan).results().forEach(match -> shards.add(match.group()));

            assertThat(shards).as(query.sql() + plan).isNotEmpty();
            assertThat(shards.stream().map(shard -> shard.replaceAll("\\D", "")).distinct())
                    .as(query.sql() + plan)
                    .hasSize(1);
        }
    }

    private static List<String> explain(Database connections, Query<?> query) {
        var explain = new Query<>("EXPLAIN " + query.sql(), query.parameters(), row -> row.getString(1));
        return connections.call("", Deadline.after(Duration.ofMinutes(1)), explain::list);
    }
}
