package io.deploytrace.store.postgres;

import io.deploytrace.store.FailedDecision;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageCursor;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TimeRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Failed decisions of a workspace within a time. A decision that names no release target counts as one with an empty
 * key.
 */
final class FailedDecisionQuery {

    private static final String LIST = "failedDecisions";

    /** Status and node type stand in the text: only so does the planner know how few failed decisions there are. */
    private static final String SQL = """
            select span.created_at, span.trace_id, coalesce(span.release_target_key, '') collate "C" as release_target_key
            from deployment_trace_span span
            where span.node_type = 'decision' and span.status = 'failed'
              and %s
            group by 1, 2, 3
            order by 1 desc, 2 desc, 3 desc
            limit ?
            """;

    private static final String AFTER = """
            (span.created_at, span.trace_id, coalesce(span.release_target_key, '') collate "C") < (?, ?, ?)""";

    private FailedDecisionQuery() {}

    static Query<FailedDecision> of(UUID workspaceId, TimeRange range, PageRequest page) {
        var conditions = new Conditions()
                .and("span.workspace_id = ?", workspaceId)
                .within("span.created_at", range)
                .and(after(page));
        var parameters = new ArrayList<>(conditions.parameters());
        parameters.add(page.limit() + 1);
        return new Query<>(SQL.formatted(conditions.sql()), parameters, FailedDecisionQuery::read);
    }

    private static Conditions after(PageRequest page) {
        if (page.cursor() == null) {
            return new Conditions();
        }
        var cursor = PageCursor.parse(LIST, 3, page.cursor());
        return new Conditions()
                .and(
                        AFTER,
                        cursor.time(0),
                        cursor.position().get(1),
                        cursor.position().get(2));
    }

    static Page<FailedDecision> page(List<FailedDecision> rows, PageRequest page) {
        return Paging.page(rows, page.limit(), FailedDecisionQuery::cursor);
    }

    private static String cursor(FailedDecision decision) {
        var key = decision.releaseTargetKey() == null ? "" : decision.releaseTargetKey();
        return PageCursor.of(LIST, decision.createdAt().toString(), decision.traceId(), key)
                .text();
    }

    private static FailedDecision read(ResultSet row) throws SQLException {
        var key = row.getString("release_target_key");
        return new FailedDecision(
                row.getString("trace_id"), key.isEmpty() ? null : key, SpanRow.time(row, "created_at"));
    }
}
