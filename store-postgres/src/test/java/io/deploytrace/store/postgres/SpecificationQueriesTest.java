package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.FailedDecision;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TimeRange;
import io.deploytrace.vocabulary.AttributeKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The statements that people have used on the table all along: unchanged but for the values, and with the same answers
 * as ours.
 */
class SpecificationQueriesTest extends ReadingTest {

    private static final String TARGET = "api-service-production";
    private static final PageRequest PAGE = PageRequest.first(1_000);

    private final Instant now = Instant.now();

    /** Recent and old traces, each written at once, with rows that other conditions of each statement leave out. */
    @BeforeEach
    void write() {
        program.write(now.minus(Duration.ofDays(8)), trace(1));
        program.write(now.minus(Duration.ofDays(2)), trace(2));
        program.write(now.minus(Duration.ofHours(2)), trace(3));
        program.write(now.minus(Duration.ofHours(1)), built(linked(4, 0), linked(4, 1)));
        program.write(now.minus(Duration.ofMinutes(30)), built(linked(5, 0)));
        program.write(now.minus(Duration.ofMinutes(20)), built(span(6, 0).target("web")));
        program.write(now.minus(Duration.ofMinutes(10)), trace(7));
        maintenance.reindex(workspace, false, deadline);
    }

    @Test
    void allSpansForATrace_giveTheTrace() {
        var rows = query("""
                SELECT *
                FROM deployment_trace_span
                WHERE trace_id = '<trace-id>'
                ORDER BY sequence ASC;
                """.replace("<trace-id>", TestSpan.traceId(3)), SpanRow::read);

        assertThat(rows).hasSize(4).isEqualTo(reader.trace(workspace, TestSpan.traceId(3), deadline));
    }

    @Test
    void spansForAReleaseTarget_giveThoseOfSevenDays() {
        var rows = query("""
                SELECT *
                FROM deployment_trace_span
                WHERE release_target_key = 'api-service-production'
                  AND created_at > NOW() - INTERVAL '7 days'
                ORDER BY created_at DESC, sequence ASC;
                """, SpanRow::read);
        var range = TimeRange.since(now.minus(Duration.ofDays(7)));

        assertThat(rows)
                .hasSize(15)
                .isEqualTo(reader.spansOfReleaseTarget(workspace, TARGET, range, PAGE, deadline)
                        .items());
    }

    @Test
    void spansForAJob_giveTheJob() {
        var rows = query("""
                SELECT *
                FROM deployment_trace_span
                WHERE job_id = '<job-id>'
                ORDER BY sequence ASC;
                """.replace("<job-id>", "job-3"), SpanRow::read);

        assertThat(rows).hasSize(5).isEqualTo(reader.spansOfJob(workspace, "job-3", deadline));
    }

    @Test
    void externalTracesLinkedToAParent_giveTheTraceWithThem() {
        var rows = query("""
                -- Get parent trace
                SELECT *
                FROM deployment_trace_span
                WHERE trace_id = '<parent-trace-id>'

                UNION ALL

                -- Get all child traces
                SELECT *
                FROM deployment_trace_span
                WHERE parent_trace_id = '<parent-trace-id>'

                ORDER BY created_at ASC, sequence ASC;
                """.replace("<parent-trace-id>", TestSpan.traceId(3)), SpanRow::read);

        assertThat(rows).hasSize(7).isEqualTo(reader.traceWithLinked(workspace, TestSpan.traceId(3), deadline));
    }

    @Test
    void failedDeployments_giveTheFailedDecisionsOfADay() {
        var rows = query(
                """
                SELECT DISTINCT trace_id, release_target_key, created_at
                FROM deployment_trace_span
                WHERE status = 'failed'
                  AND node_type = 'decision'
                  AND workspace_id = '<workspace-id>'
                  AND created_at > NOW() - INTERVAL '24 hours'
                ORDER BY created_at DESC;
                """.replace("<workspace-id>", workspace.toString()),
                row -> new FailedDecision(
                        row.getString("trace_id"),
                        row.getString("release_target_key"),
                        SpanRow.time(row, "created_at")));
        var range = TimeRange.since(now.minus(Duration.ofHours(24)));

        assertThat(rows)
                .hasSize(2)
                .isEqualTo(
                        reader.failedDecisions(workspace, range, PAGE, deadline).items());
    }

    @Test
    void cleanup_removesTheSameTracesAsPrune() {
        assertThat(maintenance.countOlderThan(workspace, now.minus(Duration.ofDays(7)), deadline))
                .isEqualTo(maintenance.prune(workspace, now.minus(Duration.ofDays(7)), removed -> {}, deadline));

        assertThat(database.query("""
                                DELETE FROM deployment_trace_span
                                WHERE workspace_id = '<workspace-id>'
                                  AND created_at < NOW() - INTERVAL '7 days'
                                RETURNING id;
                                """.replace("<workspace-id>", workspace.toString())))
                .isEmpty();
        assertThat(reader.trace(workspace, TestSpan.traceId(1), deadline)).isEmpty();
        assertThat(reader.trace(workspace, TestSpan.traceId(2), deadline)).hasSize(4);
    }

    private List<Span> trace(int trace) {
        return built(
                span(trace, 0).target(TARGET).job("job-" + trace),
                span(trace, 1).target(TARGET).is("planning", "decision", "failed"),
                span(trace, 2).target(TARGET).is("planning", "evaluation", "failed"),
                span(trace, 3).target(TARGET).job("job-" + trace).is("planning", "decision", "completed"));
    }

    private TestSpan linked(int trace, int sequence) {
        return span(trace, sequence)
                .target(TARGET)
                .job("job-3")
                .parentTrace(3)
                .with(AttributeKeys.PHASE, "external")
                .with(AttributeKeys.SEQUENCE, sequence + trace * 100);
    }

    private <T> List<T> query(String sql, Query.RowReader<T> reader) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var results = new ArrayList<T>();
            while (rows.next()) {
                results.add(reader.read(rows));
            }
            return results;
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }
}
