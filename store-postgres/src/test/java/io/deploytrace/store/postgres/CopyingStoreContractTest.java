package io.deploytrace.store.postgres;

import javax.sql.DataSource;

/** The whole contract once more, with a COPY of every new trace, however few its spans are. */
class CopyingStoreContractTest extends PostgresStoreContractTest {

    @Override
    PostgresSpanStore.Builder builder(DataSource dataSource) {
        return PostgresSpanStore.builder(dataSource).copyFrom(1);
    }
}
