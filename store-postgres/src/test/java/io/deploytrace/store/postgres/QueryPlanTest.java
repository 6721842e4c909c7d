package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Outcome;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.PageCursor;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanColumn;
import io.deploytrace.store.SpanFilter;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The way in which PostgreSQL answers each query that is asked often, on 48,000 spans of 20 workspaces: through the
 * index made for it, reading few rows beyond the answer.
 */
class QueryPlanTest {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(2));
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant MIDDLE = START.plusSeconds(1_500);
    private static final PageRequest PAGE = PageRequest.first(10);
    private static final Pattern ROWS_REMOVED = Pattern.compile("Rows Removed by Filter: (\\d+)");
    private static final PostgresDatabase DATABASE = PostgresDatabase.migrated();

    private static final UUID BUSY = UUID.fromString("00000000-0000-0000-0000-000000000019");

    private static UUID workspace;
    private static String trace;

    @BeforeAll
    static void fill() {
        DATABASE.beforeEach(null);
        DATABASE.execute(
                "INSERT INTO workspace SELECT ('00000000-0000-0000-0000-0000000000' || lpad(i::text, 2, '0'))::uuid"
                        + " FROM generate_series(1, 20) i");
        workspace = UUID.fromString("00000000-0000-0000-0000-000000000007");
        DATABASE.execute("""
                INSERT INTO deployment_trace_span (
                  trace_id, span_id, parent_span_id, name, start_time, end_time, workspace_id, release_target_key, release_id,
                  job_id, parent_trace_id, phase, node_type, status, depth, sequence, attributes, events, created_at)
                SELECT md5(trace::text), lpad(to_hex(span), 16, '0'),
                       CASE WHEN span > 0 THEN lpad('0', 16, '0') END, 'Step ' || span, now(), now(),
                       ('00000000-0000-0000-0000-0000000000' || lpad((1 + trace % 20)::text, 2, '0'))::uuid,
                       'target-' || trace / 20 % 30, 'release-' || trace / 600, 'job-' || trace,
                       CASE WHEN trace % 7 = 3 THEN md5((trace - 1)::text) END,
                       (ARRAY['reconciliation', 'planning', 'eligibility', 'execution'])[1 + span % 4],
                       (ARRAY['phase', 'evaluation', 'check', 'action', 'decision'])[1 + span % 5],
                       CASE WHEN trace % 50 = 6 THEN 'failed' ELSE 'completed' END, 1, span, '{}', '[]',
                       timestamptz '2026-01-01T00:00:00Z' + trace * interval '1 second'
                FROM generate_series(1, 3000) trace, generate_series(0, 15) span
                """);
        DATABASE.execute("""
                INSERT INTO deployment_trace
                SELECT workspace_id, trace_id, min(parent_trace_id), min(release_target_key), min(release_id), min(job_id), NULL,
                       min(start_time), max(end_time), CASE min(status) WHEN 'failed' THEN 'failed' ELSE 'deployed' END,
                       NULL, NULL, NULL, NULL, 16, 0, '', min(created_at), now(), 1
                FROM deployment_trace_span
                GROUP BY 1, 2
                """);
        fillBusyWorkspace();
        DATABASE.execute("VACUUM ANALYZE");
        trace = DATABASE.queryValue("SELECT trace_id FROM deployment_trace WHERE workspace_id = '" + workspace
                + "' AND parent_trace_id IS NULL ORDER BY created_at LIMIT 1 OFFSET 50");
    }

    /** A target with a long history, and a release at 40 targets with 50 traces each, of which every fifth is another release's. */
    private static void fillBusyWorkspace() {
        DATABASE.execute("""
                INSERT INTO deployment_trace (
                  workspace_id, trace_id, release_target_key, release_id, start_time, outcome, span_count, open_count,
                  fingerprint, created_at, updated_at, revision)
                SELECT '%1$s', md5('busy ' || i), CASE WHEN i <= 2000 THEN 'busy' ELSE 'edge-' || i %% 40 END,
                       'busy-' || CASE WHEN i %% 5 = 0 THEN 1 ELSE 0 END, now(), 'blocked', 16, 0, 'v1:' || i / 100,
                       timestamptz '2026-01-01T00:00:00Z' + i * interval '1 second', now(), 1
                FROM generate_series(1, 4000) i
                """.formatted(BUSY));
    }

    @AfterAll
    static void drop() throws SQLException {
        DATABASE.afterEach(null);
    }

    @Test
    void spansOfATrace_areFoundByTraceId() {
        assertPlan(SpanQueries.trace(workspace, trace), 0, "deployment_trace_span_trace_id_span_id_idx");
        assertPlan(
                SpanQueries.traceWithLinked(workspace, trace),
                20,
                "deployment_trace_span_trace_id_span_id_idx",
                "deployment_trace_span_parent_trace_id_idx");
        assertPlan(SpanQueries.children(workspace, trace, "0000000000000000"), 1, "deployment_trace_span_trace_id");
    }

    @Test
    void spansOfAJob_areFoundByJobId() {
        assertPlan(SpanQueries.ofJob(workspace, "job-6"), 0, "deployment_trace_span_job_id_idx");
    }

    @Test
    void spansOfAReleaseTarget_areFoundThroughItsTraces() {
        var range = TimeRange.since(MIDDLE);
        assertPlan(
                ReleaseTargetQueries.traces(workspace, "target-3", range, PAGE),
                0,
                "deployment_trace_release_target_key_idx");
        assertPlan(
                ReleaseTargetQueries.spans(workspace, "target-3", List.of(new TracePosition(START, trace))),
                16,
                "deployment_trace_span_trace_id_span_id_idx");
    }

    @Test
    void failedDecisions_areFoundByStatusAndTime() {
        assertPlan(
                FailedDecisionQuery.of(workspace, TimeRange.since(MIDDLE), PAGE),
                500,
                "deployment_trace_span_status_idx");
    }

    @Test
    void traces_areReadInTheOrderOfTheirIndex() {
        var after = new PageRequest(
                10, PageCursor.of("traces", MIDDLE.toString(), trace).text());
        assertPlan(TraceListQueries.one(workspace, trace), 0, "deployment_trace_pkey");
        assertPlan(TraceListQueries.linked(workspace, List.of(trace)), 1, "deployment_trace_parent_trace_id_idx");
        assertPlan(TraceListQueries.filtered(workspace, TraceFilter.ALL, PAGE), 10, "deployment_trace_created_at_idx");
        assertPlan(TraceListQueries.filtered(workspace, TraceFilter.ALL, after), 10, "deployment_trace_created_at_idx");
        assertPlan(
                TraceListQueries.filtered(workspace, TraceFilter.releaseTarget("target-3"), PAGE),
                10,
                "deployment_trace_release_target_key_idx");
        assertPlan(filtered(null, "release-2", null, null), 10, "deployment_trace_release_id_idx");
        assertPlan(filtered(null, null, null, Outcome.FAILED), 10, "deployment_trace_outcome_idx");
    }

    @Test
    void traces_ofAJobOrOfSpans_areFoundThroughTheSpans() {
        assertPlan(filtered("job-6", null, null, null), 0, "deployment_trace_span_job_id_idx", "deployment_trace_pkey");
        assertPlan(filtered(null, null, "failed", null), 200, "deployment_trace_span_");
    }

    @Test
    void targets_stepThroughTheIndex() {
        assertPlan(TargetQuery.of(workspace, TargetFilter.ALL, PAGE), 30, "deployment_trace_release_target_key_idx");
        assertPlan(TargetKeysQuery.of(workspace, "target", 30), 30, "deployment_trace_release_target_key_idx");
    }

    @Test
    void recentTracesOfATarget_areReadInTheOrderOfTheIndex() {
        var plan = explain(TargetQuery.of(workspace, TargetFilter.ALL, PAGE));

        assertThat(plan).doesNotContain("Bitmap");
    }

    /** Of 2,000 traces of the target none began a job: they must not be looked through. */
    @Test
    void lastStarted_isFoundWithoutTheTracesThatBeganNoJob() {
        assertPlan(TraceListQueries.lastStarted(BUSY, "busy"), 0, "deployment_trace_started_idx");
    }

    @Test
    void runs_areReadInTheOrderOfTheIndexWithoutSorting() {
        var after = new PageRequest(
                10, PageCursor.of("runs", MIDDLE.toString(), trace).text());
        for (var page : List.of(PAGE, after)) {
            for (var query : List.of(
                    RunQuery.of(BUSY, "busy", TimeRange.ALL, page),
                    RunQuery.withLinked(BUSY, "busy", TimeRange.ALL, page))) {
                assertPlan(query, 2_000, "Backward using deployment_trace_release_target_key_idx");
                assertThat(beforeSubPlans(explain(query))).doesNotContain("Sort ", "Bitmap");
            }
        }
    }

    private static String beforeSubPlans(String plan) {
        var end = plan.indexOf("SubPlan");
        return end < 0 ? plan : plan.substring(0, end);
    }

    @Test
    void runs_inWhichAJobBegan_findLinkedTracesByTheirParent() {
        var query = RunQuery.withLinked(workspace, "target-3", TimeRange.ALL, PAGE);
        assertPlan(
                query,
                2_000,
                "Backward using deployment_trace_release_target_key_idx",
                "deployment_trace_parent_trace_id_idx");
    }

    @Test
    void runs_ofAPage_leaveTheRestUnread() {
        var rows = Pattern.compile("Backward using .*rows=(\\d+)[. ]")
                .matcher(explain(RunQuery.of(BUSY, "busy", TimeRange.ALL, PageRequest.first(1))));

        assertThat(rows.find()).isTrue();
        assertThat(Integer.parseInt(rows.group(1))).isLessThan(10);
    }

    @Test
    void fanout_stepsThroughTheIndexOfTheRelease() {
        var after = new PageRequest(10, PageCursor.of("fanout", "edge-1").text());
        for (var page : List.of(PAGE, after)) {
            var query = FanoutQuery.of(BUSY, "busy-1", page);
            assertPlan(
                    query,
                    0,
                    "deployment_trace_fanout_idx",
                    "deployment_trace_release_target_key_idx",
                    "deployment_trace_started_idx");
            assertThat(explain(query)).doesNotContain("Bitmap");
        }
    }

    @Test
    void spans_areReadInTheOrderOfTheirIndex() {
        assertPlan(SpanListQuery.of(workspace, SpanFilter.ALL, PAGE), 0, "deployment_trace_span_workspace_id_idx");
        assertPlan(spans(SpanColumn.STATUS, "failed"), 0, "deployment_trace_span_status_idx");
        assertPlan(spans(SpanColumn.JOB_ID, "job-6"), 0, "deployment_trace_span_job_id_idx");
        assertPlan(spans(SpanColumn.TRACE_ID, trace), 0, "deployment_trace_span_trace_id_span_id_idx");
        assertPlan(spans(SpanColumn.PARENT_TRACE_ID, trace), 0, "deployment_trace_span_parent_trace_id_idx");
        var keys = List.of(new SpanKey(trace, "0000000000000000"));
        assertPlan(SpanQueries.ofKeys(workspace, keys), 0, "deployment_trace_span_trace_id_span_id_idx");
        assertPlan(OutlineQuery.ofKeys(workspace, keys), 0, "deployment_trace_span_trace_id_span_id_idx");
    }

    /** A large trace is read in many parts: were each a walk over its workspace, opening it would take minutes. */
    @Test
    void partsOfATrace_areReadByTheirKeysAlsoWhereTheirWorkspaceIsNew() {
        DATABASE.execute("""
                INSERT INTO workspace VALUES ('00000000-0000-0000-0000-000000000099');
                INSERT INTO deployment_trace_span (trace_id, span_id, name, start_time, workspace_id, attributes, events)
                SELECT repeat('ab', 16), lpad(to_hex(span), 16, '0'), 'Step', now(), '00000000-0000-0000-0000-000000000099', '{}', '[]'
                FROM generate_series(1, 20000) span
                """);
        var keys = IntStream.range(0, 1_000)
                .mapToObj(i -> new SpanKey("ab".repeat(16), "%016x".formatted(i)))
                .toList();
        var freshly = UUID.fromString("00000000-0000-0000-0000-000000000099");

        assertPlan(SpanQueries.ofKeys(freshly, keys), 0, "deployment_trace_span_trace_id_span_id_idx");
        assertPlan(OutlineQuery.ofKeys(freshly, keys), 0, "deployment_trace_span_trace_id_span_id_idx");

        DATABASE.execute("DELETE FROM deployment_trace_span WHERE workspace_id = '" + freshly + "'");
    }

    private static Query<?> spans(SpanColumn column, Object value) {
        return SpanListQuery.of(workspace, SpanFilter.ALL.and(column, value), PAGE);
    }

    @Test
    void changes_areReadInTheOrderOfTheirIndex() {
        var now = new Database(DATABASE.dataSource()).call("", DEADLINE, ChangesQuery.now()::one);
        assertPlan(ChangesQuery.changes(workspace, now, now.since(), 50), 0, "deployment_trace_changed_in_idx");
    }

    @Test
    void oldestTraces_areFoundByWorkspaceAndTime() {
        var before = START.plusSeconds(200);
        assertPlan(TraceRemoval.next(workspace, null, before), 0, "deployment_trace_span_workspace_id_idx");
        assertPlan(TraceRemoval.count(workspace, before), 0, "deployment_trace_span_workspace_id_idx");
        assertPlan(
                TraceRemoval.deleteSpans(workspace, new String[] {trace}),
                0,
                "deployment_trace_span_trace_id_span_id_idx");
        assertPlan(TraceRemoval.deleteSummaries(workspace, new String[] {trace}), 0, "deployment_trace_pkey");
    }

    @Test
    void reindex_walksByWorkspaceAndTime() {
        var position = new TracePosition(START.plusSeconds(2_900), trace);
        assertPlan(
                Reindex.spans(workspace, TimeRange.ALL, position),
                16,
                "Index Cond: ((workspace_id = ",
                "(created_at >= ");
        assertPlan(Reindex.summaries(workspace, TimeRange.ALL, position), 0, "deployment_trace_created_at_idx");
        var range = new TimeRange(START.plusSeconds(2_800), START.plusSeconds(2_810));
        assertPlan(
                Reindex.spans(workspace, range, null),
                0,
                "Index Cond: ((workspace_id = ",
                "(created_at >= ",
                "(created_at < ");
        assertPlan(Reindex.summaries(workspace, range, null), 0, "deployment_trace_created_at_idx", "(created_at < ");
        assertPlan(
                Reindex.changed(workspace, new String[] {trace}),
                1,
                "deployment_trace_span_trace_id_span_id_idx",
                "deployment_trace_pkey");
        assertPlan(
                Reindex.withoutSpans(workspace, new String[] {trace}), 0, "deployment_trace_span_trace_id_span_id_idx");
    }

    private static Query<?> filtered(String job, String release, String status, Outcome outcome) {
        var filter = new TraceFilter(null, release, job, null, null, status, outcome, null, TimeRange.ALL);
        return TraceListQueries.filtered(workspace, filter, PAGE);
    }

    private static void assertPlan(Query<?> query, int rowsRemoved, String... parts) {
        var plan = explain(query);

        assertThat(plan).contains(parts).doesNotContain("Seq Scan");
        assertThat(ROWS_REMOVED
                        .matcher(plan)
                        .results()
                        .mapToInt(match -> Integer.parseInt(match.group(1)))
                        .sum())
                .as(plan)
                .isLessThanOrEqualTo(rowsRemoved);
    }

    /** Carried out, but undone. */
    private static String explain(Query<?> query) {
        var explain = new Query<>("EXPLAIN (ANALYZE) " + query.sql(), query.parameters(), row -> row.getString(1));
        return new Database(DATABASE.dataSource()).transaction("", DEADLINE, session -> {
            var plan = String.join("\n", explain.list(session));
            session.connection().rollback();
            return plan;
        });
    }
}
