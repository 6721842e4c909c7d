package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A database that doesn't answer, because someone has locked its tables, keeps nobody beyond their deadline. */
class ReadDeadlineTest extends ReadingTest {

    private static final PageRequest PAGE = PageRequest.first(1);

    @Test
    void everyRead_ofLockedTables_endsAtItsDeadline() throws SQLException {
        List<Consumer<Deadline>> reads = List.of(
                until -> reader.trace(workspace, "t", until),
                until -> reader.traceWithLinked(workspace, "t", until),
                until -> reader.children(workspace, "t", "s", until),
                until -> reader.spansOfJob(workspace, "j", until),
                until -> reader.spansOfReleaseTarget(workspace, "k", TimeRange.ALL, PAGE, until),
                until -> reader.failedDecisions(workspace, TimeRange.ALL, PAGE, until),
                until -> reader.summary(workspace, "t", until),
                until -> reader.traces(workspace, TraceFilter.ALL, PAGE, until),
                until -> reader.linkedTraces(workspace, "t", until),
                until -> reader.targets(workspace, TargetFilter.ALL, PAGE, until));

        assertEndAtTheirDeadline(reads);
    }

    @Test
    void allMaintenance_ofLockedTables_endsAtItsDeadline() throws SQLException {
        var workspaces = new PostgresWorkspaces(database.dataSource());

        assertEndAtTheirDeadline(List.of(
                until -> maintenance.countOlderThan(workspace, CREATED, until),
                until -> maintenance.prune(workspace, CREATED, removed -> {}, until),
                until -> maintenance.reindex(workspace, false, until),
                workspaces::list,
                until -> workspaces.create("team", until),
                until -> workspaces.delete(workspace, spans -> {}, until)));
        assertThat(workspaces.list(deadline)).extracting(found -> found.id()).containsExactly(workspace);
    }

    private void assertEndAtTheirDeadline(List<Consumer<Deadline>> calls) throws SQLException {
        try (Connection other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE workspace, deployment_trace_span, deployment_trace");
            for (var call : calls) {
                assertThatThrownBy(() -> call.accept(Deadline.after(Duration.ofMillis(300))))
                        .isInstanceOfSatisfying(
                                SpanStoreException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.DEADLINE_PASSED));
            }
            other.rollback();
        }
    }
}
