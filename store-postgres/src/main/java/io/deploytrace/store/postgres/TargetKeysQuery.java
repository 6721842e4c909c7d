package io.deploytrace.store.postgres;

import java.util.List;
import java.util.UUID;

/** The keys of release targets that begin with a text. Steps from one to the next through the index, as {@link TargetQuery} does. */
final class TargetKeysQuery {

    private static final String SQL = """
            with recursive target as (
              (select trace.release_target_key
              from deployment_trace trace
              where trace.workspace_id = ? and trace.parent_trace_id is null and trace.release_target_key >= ?
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
              where starts_with(target.release_target_key, ?)
            )
            select target.release_target_key
            from target
            where starts_with(target.release_target_key, ?)
            limit ?
            """;

    private TargetKeysQuery() {}

    static Query<String> of(UUID workspaceId, String beginning, int limit) {
        return new Query<>(
                SQL,
                List.of(workspaceId, beginning, workspaceId, beginning, beginning, limit),
                row -> row.getString("release_target_key"));
    }
}
