-- The newest trace of a release target in which a job may have begun: most traces of a target began none.
-- CONCURRENTLY, so that the table can be written meanwhile.

set client_min_messages = warning;

-- What an interrupted run left behind is never used by a query, yet stands in the way of its successor.
do $$
begin
    if exists (select from pg_index where indexrelid = to_regclass('deployment_trace_started_idx') and not indisvalid) then
        drop index deployment_trace_started_idx;
    end if;
end
$$;

create index concurrently if not exists deployment_trace_started_idx
    on deployment_trace (workspace_id, release_target_key, created_at, trace_id)
    where outcome in ('deployed', 'failed', 'running') and parent_trace_id is null and release_target_key is not null;

reset client_min_messages;
