-- The release targets of a release, and the newest trace of each: read backwards, those come first in which something was done.
-- CONCURRENTLY, so that the table can be written meanwhile.

set client_min_messages = warning;

-- What an interrupted run left behind is never used by a query, yet stands in the way of its successor.
do $$
begin
    if exists (select from pg_index where indexrelid = to_regclass('deployment_trace_fanout_idx') and not indisvalid) then
        drop index deployment_trace_fanout_idx;
    end if;
end
$$;

create index concurrently if not exists deployment_trace_fanout_idx
    on deployment_trace (workspace_id, release_id, release_target_key, (outcome = 'skipped') desc, created_at, trace_id)
    where release_id is not null and release_target_key is not null;

reset client_min_messages;
