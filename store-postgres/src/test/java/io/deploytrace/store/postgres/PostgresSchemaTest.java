package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSchemaTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.empty();

    @Test
    void migrate_emptyDatabase_appliesAllAndASecondRunNone() {
        var schema = new PostgresSchema(database.dataSource());

        assertThat(schema.migrations()).extracting(Migration::isApplied).containsExactly(false, false, false, false);
        assertThat(schema.migrate()).extracting(Migration::version).containsExactly("1", "2", "3", "4");
        assertThat(schema.migrate()).isEmpty();
        assertThat(schema.migrations()).extracting(Migration::isApplied).containsExactly(true, true, true, true);
    }
}
