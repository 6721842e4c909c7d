package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Outcome;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.PageCursor;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanColumn;
import io.deploytrace.store.SpanFilter;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every statement that reads, removes or rebuilds, in all its forms, is one that the migrated schema understands. */
class StatementsTest extends ReadingTest {

    private static final String[] TRACES = {"a", "b"};

    @Test
    void everyStatement_isPreparedAgainstTheSchema() throws SQLException {
        var statements = statements(workspace);

        try (var connection = database.dataSource().getConnection()) {
            for (var query : statements) {
                try (var statement = connection.prepareStatement(query.sql())) {
                    assertThat(statement.getParameterMetaData().getParameterCount())
                            .as(query.sql())
                            .isEqualTo(query.parameters().size());
                }
            }
        }
    }

    @Test
    void filters_everyCombination_runs() {
        var found = new Database(database.dataSource()).call("", deadline, session -> {
            var traces = new ArrayList<StoredTrace>();
            for (var bits = 0; bits < 1 << 10; bits++) {
                var page = page((bits & 512) == 0, "traces", CREATED.toString(), "t");
                traces.addAll(
                        TraceListQueries.filtered(workspace, filter(bits), page).list(session));
            }
            return traces;
        });

        assertThat(found).isEmpty();
    }

    private static TraceFilter filter(int bits) {
        return new TraceFilter(
                (bits & 1) == 0 ? null : "target",
                (bits & 2) == 0 ? null : "release",
                (bits & 4) == 0 ? null : "job",
                (bits & 8) == 0 ? null : "phase",
                (bits & 16) == 0 ? null : "type",
                (bits & 32) == 0 ? null : "status",
                (bits & 64) == 0 ? null : Outcome.FAILED,
                (bits & 256) == 0 ? null : "Text",
                (bits & 128) == 0 ? TimeRange.ALL : new TimeRange(CREATED, CREATED.plusSeconds(1)));
    }

    private static String cursor(String list, String... position) {
        return PageCursor.of(list, position).text();
    }

    static List<Query<?>> statements(UUID workspace) {
        var statements = new ArrayList<Query<?>>();
        var position = new TracePosition(CREATED, "t");
        statements.add(SpanQueries.trace(workspace, "t"));
        statements.add(SpanQueries.traceWithLinked(workspace, "t"));
        statements.add(OutlineQuery.of(workspace, "t"));
        statements.add(OutlineQuery.ofSeveral(workspace, List.of("t", "u")));
        statements.add(SpanQueries.ofKeys(workspace, List.of(new SpanKey("t", "s"))));
        statements.add(OutlineQuery.ofKeys(workspace, List.of(new SpanKey("t", "s"))));
        statements.add(SpanQueries.children(workspace, "t", "s"));
        statements.add(SpanQueries.ofJob(workspace, "j"));
        statements.add(ReleaseTargetQueries.spans(workspace, "target", List.of(position)));
        statements.add(TraceListQueries.one(workspace, "t"));
        statements.add(TraceListQueries.linked(workspace, List.of("t", "u")));
        statements.add(TraceListQueries.lastStarted(workspace, "t"));
        statements.add(TargetKeysQuery.of(workspace, "api", 5));
        statements.add(TraceRemoval.count(workspace, CREATED));
        statements.add(TraceRemoval.next(workspace, null, null));
        statements.add(TraceRemoval.next(workspace, CREATED, CREATED.plusSeconds(1)));
        statements.add(TraceRemoval.deleteSpans(workspace, TRACES));
        statements.add(TraceRemoval.deleteSummaries(workspace, TRACES));
        statements.add(Reindex.changed(workspace, TRACES));
        statements.add(Reindex.withoutSpans(workspace, TRACES));
        statements.add(SummaryRebuild.stored(workspace, TRACES));
        statements.add(SummaryRebuild.spans(workspace, TRACES));
        statements.add(SummaryRebuild.delete(workspace, TRACES));
        var snapshot = new TransactionSnapshot("5:9:7", 5);
        var changes = ChangesPosition.after("", CREATED, snapshot);
        statements.add(ChangesQuery.changes(workspace, changes, new TransactionSnapshot("9:9:", 9), 1));
        addPages(statements, workspace);
        return statements;
    }

    private static void addPages(List<Query<?>> statements, UUID workspace) {
        var bounds = new TimeRange(CREATED, CREATED.plusSeconds(1));
        var time = CREATED.toString();
        for (var range : List.of(TimeRange.ALL, bounds)) {
            for (var isFirst : List.of(true, false)) {
                var after = isFirst ? null : new TracePosition(CREATED, "t");
                statements.add(Reindex.spans(workspace, range, after));
                statements.add(Reindex.summaries(workspace, range, after));
                statements.add(ReleaseTargetQueries.traces(
                        workspace, "t", range, page(isFirst, "spansOfReleaseTarget", time, "t")));
                statements.add(
                        FailedDecisionQuery.of(workspace, range, page(isFirst, "failedDecisions", time, "t", "k")));
                statements.add(SpanListQuery.of(
                        workspace, everyColumn().within(range), page(isFirst, "spans", time, "t", "s")));
                for (var filter : List.of(TargetFilter.ALL, new TargetFilter(Outcome.FAILED, "k"))) {
                    statements.add(TargetQuery.of(workspace, filter, page(isFirst, "targets", "k")));
                }
                statements.add(RunQuery.of(workspace, "t", range, page(isFirst, "runs", time, "t")));
                statements.add(RunQuery.withLinked(workspace, "t", range, page(isFirst, "runs", time, "t")));
                statements.add(FanoutQuery.of(workspace, "r", page(isFirst, "fanout", "k")));
                statements.add(TraceListQueries.filtered(workspace, filter(511), page(isFirst, "traces", time, "t")));
            }
        }
    }

    private static SpanFilter everyColumn() {
        var filter = SpanFilter.ALL;
        for (var column : SpanColumn.values()) {
            filter = filter.and(column, column.type() == Integer.class ? (Object) 1 : "x");
        }
        return filter;
    }

    private static PageRequest page(boolean isFirst, String list, String... position) {
        return new PageRequest(5, isFirst ? null : cursor(list, position));
    }
}
