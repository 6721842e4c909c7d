package io.deploytrace.store.postgres;

import io.deploytrace.store.Page;
import io.deploytrace.store.PageCursor;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.RecentTrace;
import io.deploytrace.store.SearchText;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TargetState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The release targets with their newest traces. The recursion steps from one target to the next through the index, so that a
 * page costs as many steps as it has targets, however long their histories are; {@code distinct on} would read them
 * all. With a filter, it steps over those that don't match as well.
 */
final class TargetQuery {

    private static final String LIST = "targets";

    /**
     * One row for each recent trace; the first of a target has its summary besides. The planner takes workspace and target for
     * independent, and so a target's history for shorter than it is; a limit that it doesn't know keeps it from reading and sorting
     * the whole.
     */
    private static final String SQL = """
            with recursive target as (
              (select trace.release_target_key
              from deployment_trace trace
              where trace.workspace_id = ? and trace.parent_trace_id is null and trace.release_target_key is not null %s
              order by trace.release_target_key
              limit 1)
              union all
              select next.release_target_key
              from target
              cross join lateral (
                select trace.release_target_key
                from deployment_trace trace
                where trace.workspace_id = ? and trace.parent_trace_id is null
                  and trace.release_target_key > target.release_target_key
                order by trace.release_target_key
                limit 1) next
            ), page as materialized (
              select latest.*
              from target
              cross join lateral (
                select trace.*
                from deployment_trace trace
                where trace.workspace_id = ? and trace.parent_trace_id is null
                  and trace.release_target_key = target.release_target_key
                order by trace.created_at desc, trace.trace_id desc
                limit 1) latest
              where %s
              limit ?
            )
            select %s, recent.trace_id as recent_trace_id, recent.release_id as recent_release_id,
                   recent.outcome as recent_outcome, recent.fingerprint as recent_fingerprint,
                   recent.created_at as recent_created_at
            from page
            cross join lateral (
              select older.trace_id, older.release_id, older.outcome, older.fingerprint, older.created_at
              from deployment_trace older
              where older.workspace_id = ? and older.parent_trace_id is null
                and older.release_target_key = page.release_target_key
              order by older.created_at desc, older.trace_id desc
              limit (select %d)) recent
            left join page trace
              on trace.release_target_key = page.release_target_key and trace.trace_id = recent.trace_id
            order by page.release_target_key, recent.created_at desc, recent.trace_id desc
            """;

    /** A row of the answer; {@code latest} is null but in a target's first. */
    record Row(@Nullable StoredTrace latest, RecentTrace recent) {}

    private TargetQuery() {}

    static Query<Row> of(UUID workspaceId, TargetFilter filter, PageRequest page) {
        var after = new Conditions();
        if (page.cursor() != null) {
            var cursor = PageCursor.parse(LIST, 1, page.cursor());
            after.and("and trace.release_target_key > ?", cursor.position().get(0));
        }
        var matching = matching(filter);
        var parameters = new ArrayList<Object>();
        parameters.add(workspaceId);
        parameters.addAll(after.parameters());
        parameters.addAll(List.of(workspaceId, workspaceId));
        parameters.addAll(matching.parameters());
        parameters.addAll(List.of(page.limit() + 1, workspaceId));
        var sql = SQL.formatted(
                page.cursor() == null ? "" : after.sql(), matching.sql(), TraceRow.COLUMNS, TargetState.RECENT);
        return new Query<>(sql, parameters, TargetQuery::read);
    }

    private static Conditions matching(TargetFilter filter) {
        return new Conditions()
                .andIfGiven(
                        "latest.outcome = ?",
                        filter.outcome() == null ? null : filter.outcome().value())
                .andIfGiven(
                        "target.release_target_key ~ ?",
                        filter.text() == null
                                ? null
                                : SearchText.of(filter.text()).expression());
    }

    private static Row read(ResultSet row) throws SQLException {
        var recent = new RecentTrace(
                row.getString("recent_trace_id"),
                row.getString("recent_release_id"),
                TraceRow.outcome(row.getString("recent_outcome")),
                row.getString("recent_fingerprint"),
                SpanRow.time(row, "recent_created_at"));
        return new Row(row.getString("trace_id") == null ? null : TraceRow.read(row), recent);
    }

    static Page<TargetState> page(List<Row> rows, PageRequest page) {
        var targets = new ArrayList<TargetState>();
        var end = rows.size();
        for (var start = end - 1; start >= 0; start--) {
            var latest = rows.get(start).latest();
            if (latest != null) {
                var recent = rows.subList(start, end).stream().map(Row::recent).toList();
                targets.add(new TargetState(latest, recent));
                end = start;
            }
        }
        Collections.reverse(targets);
        return Paging.page(
                targets,
                page.limit(),
                target -> PageCursor.of(
                                LIST,
                                Objects.requireNonNull(target.latest().summary().releaseTargetKey()))
                        .text());
    }
}
