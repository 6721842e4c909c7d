package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.open;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static io.deploytrace.store.postgres.TestSpans.traceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.WriteResult;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Whatever way the driver is told to send statements, the same is stored. */
class QueryModeTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    @ParameterizedTest
    @EnumSource(PreferQueryMode.class)
    void write_inEveryQueryMode_storesTheSame(PreferQueryMode mode) {
        var workspace = database.createWorkspace();
        var dataSource = database.driverDataSource();
        dataSource.setPreferQueryMode(mode);
        var store = PostgresSpanStore.builder(dataSource).build();
        var spans = trace(workspace, 1, 16);

        assertThat(store.write(List.of(open(workspace, 1, 1, 1), spans.get(1)), deadline()))
                .isEqualTo(new WriteResult(2, 0, 0));
        assertThat(store.write(spans, deadline())).isEqualTo(new WriteResult(14, 1, 1));
        assertThat(store.write(spans, deadline())).isEqualTo(new WriteResult(0, 0, 16));
        assertThat(store.trace(workspace, traceId(1), deadline())).isEqualTo(spans);
    }
}
