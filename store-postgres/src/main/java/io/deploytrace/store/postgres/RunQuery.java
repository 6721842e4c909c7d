package io.deploytrace.store.postgres;

import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceRun;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.TimeRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * The traces of a release target, consecutive ones that give the same answer as one run. The database walks over the index from the newest on,
 * sends the newest and the oldest trace of each run, and stops at the page's end: a day of the same answer is a row or two.
 */
final class RunQuery {

    private static final String LIST = "runs";

    /**
     * A fingerprint and an outcome hold no blank, and a release comes last behind a plus, so that different answers never look alike. The planner expects all traces to be looked at, and
     * would sort them for each page; a limit that it doesn't know has it walk over the index.
     */
    private static final String SQL = """
            select %s, trace.place, trace.is_newest, trace.is_oldest
            from (
              select place.*, place.answer is distinct from place.newer as is_newest,
                     place.answer is distinct from place.older as is_oldest
              from (
                select answered.*, row_number() over newest_first as place,
                       lag(answered.answer) over newest_first as newer, lead(answered.answer) over newest_first as older
                from (
                  select %s,
                         trace.fingerprint || ' ' || trace.outcome || ' ' || coalesce(%s, '') || ' '
                           || coalesce('+' || trace.release_id, '') as answer
                  from deployment_trace trace
                  where %s
                  order by trace.created_at desc, trace.trace_id desc
                  limit (select %d)) answered
                window newest_first as (order by answered.created_at desc, answered.trace_id desc)) place) trace
            where trace.is_newest or trace.is_oldest
            order by trace.created_at desc, trace.trace_id desc
            limit ?
            """;

    /**
     * What the linked traces came to that failed or are running; null where there are none, and where no job began. Level by level, up to
     * {@link TraceRun#LEVELS}: the planner takes a recursion to cost so much, for each trace, that it would compile the statement.
     */
    private static final String LINKED = """
            case when trace.outcome in ('deployed', 'running', 'failed') then (
              with level_1 as (%s), level_2 as (%s), level_3 as (%s), level_4 as (%s)
              select string_agg(linked.outcome || ' ' || linked.fingerprint, ' ' order by linked.outcome, linked.fingerprint)
              from (
                select * from level_1 union all select * from level_2 union all select * from level_3 union all select * from level_4) linked
              where linked.outcome in ('failed', 'running')) end""".formatted(
                    below("trace"),
                    "select next.* from level_1 cross join lateral (" + below("level_1") + ") next",
                    "select next.* from level_2 cross join lateral (" + below("level_2") + ") next",
                    "select next.* from level_3 cross join lateral (" + below("level_3") + ") next");

    /** One row to see that there are more, one since a run may need two. */
    private static final int BEYOND = 2;

    /** The newest or the oldest trace of a run, or both; {@code place} counts all traces. */
    record Row(TraceBrief trace, long place, boolean isNewest, boolean isOldest) {}

    private RunQuery() {}

    private static String below(String parent) {
        return """
            select child.trace_id, child.outcome, child.fingerprint
            from deployment_trace child
            where child.workspace_id = ? and child.parent_trace_id = %s.trace_id
            offset 0""".formatted(parent);
    }

    /** The runs as the traces themselves tell them: right for a page on which none {@linkplain #mayFallApart may fall apart}. */
    static Query<Row> of(UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page) {
        return of(workspaceId, releaseTargetKey, range, page, "null::text", 0);
    }

    /** The runs where linked traces count. */
    static Query<Row> withLinked(UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page) {
        return of(workspaceId, releaseTargetKey, range, page, LINKED, TraceRun.LEVELS);
    }

    /** Whether linked traces may tell traces of the run apart: it has several, and a job began. */
    static boolean mayFallApart(TraceRun run) {
        var outcome = run.newest().outcome();
        return run.count() > 1
                && (outcome == Outcome.DEPLOYED || outcome == Outcome.RUNNING || outcome == Outcome.FAILED);
    }

    private static Query<Row> of(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, String linked, int levels) {
        var conditions = new Conditions()
                .and("trace.workspace_id = ?", workspaceId)
                .and("trace.release_target_key = ?", releaseTargetKey)
                .and("trace.parent_trace_id is null")
                .within("trace.created_at", range)
                .and(TracePosition.after(LIST, page));
        var parameters = new ArrayList<Object>(Collections.nCopies(levels, workspaceId));
        parameters.addAll(conditions.parameters());
        parameters.add(page.limit() + BEYOND);
        return new Query<>(
                SQL.formatted(BriefRow.COLUMNS, BriefRow.COLUMNS, linked, conditions.sql(), Long.MAX_VALUE),
                parameters,
                RunQuery::read);
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                BriefRow.read(row), row.getLong("place"), row.getBoolean("is_newest"), row.getBoolean("is_oldest"));
    }

    static Page<TraceRun> page(List<Row> rows, PageRequest page) {
        var isFull = rows.size() == page.limit() + BEYOND;
        var runs = runs(isFull ? rows.subList(0, rows.size() - 1) : rows);
        var kept = runs.subList(0, Math.min(runs.size(), page.limit()));
        return new Page<>(
                kept,
                isFull || runs.size() > kept.size()
                        ? SpanReader.behind(kept.get(kept.size() - 1).oldest())
                        : null);
    }

    /** The runs of which both ends are there. */
    private static List<TraceRun> runs(List<Row> rows) {
        var runs = new ArrayList<TraceRun>();
        var newest = rows.isEmpty() ? null : rows.get(0);
        for (var row : rows) {
            newest = row.isNewest() ? row : newest;
            if (row.isOldest() && newest != null) {
                runs.add(new TraceRun(newest.trace(), row.trace(), row.place() - newest.place() + 1));
            }
        }
        return runs;
    }
}
