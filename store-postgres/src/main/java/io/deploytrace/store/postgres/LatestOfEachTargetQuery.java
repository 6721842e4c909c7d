package io.deploytrace.store.postgres;

import io.deploytrace.store.Page;
import io.deploytrace.store.PageCursor;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.StoredTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The newest trace of each release target. The recursion steps from one target to the next through the index, so that a
 * page costs as many steps as it has targets, however long their histories are; {@code distinct on} would read them
 * all.
 */
final class LatestOfEachTargetQuery {

    private static final String LIST = "latestOfEachTarget";

    private static final String SQL = """
            with recursive target as (
              (select trace.release_target_key
              from deployment_trace trace
              where trace.parent_trace_id is null and trace.release_target_key is not null and %s
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
            ), page as (
              select target.release_target_key
              from target
              limit ?
            )
            select %s
            from page
            cross join lateral (
              select trace.*
              from deployment_trace trace
              where trace.workspace_id = ? and trace.parent_trace_id is null
                and trace.release_target_key = page.release_target_key
              order by trace.created_at desc, trace.trace_id desc
              limit 1) trace
            order by trace.release_target_key
            """;

    private LatestOfEachTargetQuery() {}

    static Query<StoredTrace> of(UUID workspaceId, PageRequest page) {
        var conditions = new Conditions().and("trace.workspace_id = ?", workspaceId);
        if (page.cursor() != null) {
            var cursor = PageCursor.parse(LIST, 1, page.cursor());
            conditions.and("trace.release_target_key > ?", cursor.position().get(0));
        }
        var parameters = new ArrayList<>(conditions.parameters());
        parameters.addAll(List.of(workspaceId, page.limit() + 1, workspaceId));
        return new Query<>(SQL.formatted(conditions.sql(), TraceRow.COLUMNS), parameters, TraceRow::read);
    }

    static Page<StoredTrace> page(List<StoredTrace> rows, PageRequest page) {
        return Paging.page(
                rows,
                page.limit(),
                trace -> PageCursor.of(
                                LIST, Objects.requireNonNull(trace.summary().releaseTargetKey()))
                        .text());
    }
}
