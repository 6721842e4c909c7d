package io.deploytrace.store.postgres;

import io.deploytrace.query.FanoutTarget;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageCursor;
import io.deploytrace.store.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a release stands at its release targets. The recursion steps from one target to the next through the index, as {@link TargetQuery} does,
 * so that a page costs a few look-ups for each target, however many traces it has.
 */
final class FanoutQuery {

    private static final String LIST = "fanout";

    private static final String SQL = """
            with recursive target as (
              (select trace.release_target_key
              from deployment_trace trace
              where trace.workspace_id = ? and trace.release_id = ? and trace.parent_trace_id is null
                and trace.release_target_key is not null %s
              order by trace.release_target_key
              limit 1)
              union all
              select next.release_target_key
              from target
              cross join lateral (
                select trace.release_target_key
                from deployment_trace trace
                where trace.workspace_id = ? and trace.release_id = ? and trace.parent_trace_id is null
                  and trace.release_target_key > target.release_target_key
                order by trace.release_target_key
                limit 1) next
            ), page as materialized (
              select target.release_target_key
              from target
              limit ?
            )
            select page.release_target_key, %s, first.start_time as since, newest.release_id as newest_release_id,
                   deployed.trace_id as deployed_trace_id, deployed.release_id as deployed_release_id,
                   deployed.fingerprint as deployed_fingerprint, deployed.start_time as deployed_start_time,
                   deployed.created_at as deployed_created_at, deployed.span_count as deployed_span_count
            from page
            cross join lateral (
              select latest.trace_id, latest.release_id, latest.created_at
              from deployment_trace latest
              where latest.workspace_id = ? and latest.release_id = ? and latest.parent_trace_id is null
                and latest.release_target_key = page.release_target_key
              order by latest.outcome = 'skipped', latest.created_at desc, latest.trace_id desc
              limit 1) latest
            left join lateral (
              select started.trace_id, started.release_id, started.outcome
              from deployment_trace started
              where started.workspace_id = ? and started.release_target_key = page.release_target_key
                and started.parent_trace_id is null and started.outcome in ('deployed', 'failed', 'running')
                and (started.created_at, started.trace_id) <= (latest.created_at, latest.trace_id)
              order by started.created_at desc, started.trace_id desc
              limit 1) started on true
            cross join lateral (
              select chosen.*
              from deployment_trace chosen
              where chosen.workspace_id = ?
                and chosen.trace_id = case
                  when started.outcome = 'deployed' and started.release_id = latest.release_id then started.trace_id
                  else latest.trace_id end
              offset 0) trace
            left join lateral (
              select done.trace_id, done.release_id, done.fingerprint, done.start_time, done.created_at, done.span_count
              from deployment_trace done
              where done.workspace_id = ? and done.release_target_key = page.release_target_key
                and done.parent_trace_id is null and done.outcome = 'deployed'
              order by done.created_at desc, done.trace_id desc
              limit 1) deployed on true
            cross join lateral (
              select oldest.start_time
              from (
                (select done.start_time, done.created_at, done.trace_id
                from deployment_trace done
                where done.workspace_id = ? and done.release_id = ? and done.parent_trace_id is null
                  and done.release_target_key = page.release_target_key
                order by done.outcome = 'skipped' desc, done.created_at, done.trace_id
                limit 1)
                union all
                (select done.start_time, done.created_at, done.trace_id
                from deployment_trace done
                where done.workspace_id = ? and done.release_id = ? and done.parent_trace_id is null
                  and done.release_target_key = page.release_target_key and not (done.outcome = 'skipped')
                order by done.created_at, done.trace_id
                limit 1)) oldest
              order by oldest.created_at, oldest.trace_id
              limit 1) first
            cross join lateral (
              select any_release.release_id
              from deployment_trace any_release
              where any_release.workspace_id = ? and any_release.parent_trace_id is null
                and any_release.release_target_key = page.release_target_key
              order by any_release.created_at desc, any_release.trace_id desc
              limit 1) newest
            order by page.release_target_key
            """;

    private FanoutQuery() {}

    static Query<FanoutTarget> of(UUID workspaceId, String releaseId, PageRequest page) {
        var parameters = new ArrayList<Object>(List.of(workspaceId, releaseId));
        if (page.cursor() != null) {
            parameters.add(PageCursor.parse(LIST, 1, page.cursor()).position().get(0));
        }
        parameters.addAll(List.of(
                workspaceId,
                releaseId,
                page.limit() + 1,
                workspaceId,
                releaseId,
                workspaceId,
                workspaceId,
                workspaceId,
                workspaceId,
                releaseId,
                workspaceId,
                releaseId,
                workspaceId));
        var after = page.cursor() == null ? "" : "and trace.release_target_key > ?";
        return new Query<>(SQL.formatted(after, BriefRow.COLUMNS), parameters, FanoutQuery::read);
    }

    private static FanoutTarget read(ResultSet row) throws SQLException {
        return new FanoutTarget(
                row.getString("release_target_key"),
                BriefRow.read(row),
                SpanRow.time(row, "since"),
                deployed(row),
                row.getString("newest_release_id"));
    }

    private static @Nullable TraceBrief deployed(ResultSet row) throws SQLException {
        var traceId = row.getString("deployed_trace_id");
        return traceId == null
                ? null
                : new TraceBrief(
                        traceId,
                        row.getString("deployed_release_id"),
                        Outcome.DEPLOYED,
                        null,
                        row.getString("deployed_fingerprint"),
                        SpanRow.time(row, "deployed_start_time"),
                        SpanRow.time(row, "deployed_created_at"),
                        row.getInt("deployed_span_count"));
    }

    static Page<FanoutTarget> page(List<FanoutTarget> rows, PageRequest page) {
        return Paging.page(
                rows,
                page.limit(),
                target -> PageCursor.of(LIST, target.releaseTargetKey()).text());
    }
}
