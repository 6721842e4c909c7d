-- The changes of a workspace in their order. CONCURRENTLY, so that the table can be written meanwhile.

set client_min_messages = warning;

-- What an interrupted run left behind is never used by a query, yet stands in the way of its successor.
do $$
begin
    if exists (select from pg_index where indexrelid = to_regclass('deployment_trace_changed_in_idx') and not indisvalid) then
        drop index deployment_trace_changed_in_idx;
    end if;
end
$$;

create index concurrently if not exists deployment_trace_changed_in_idx
    on deployment_trace (workspace_id, changed_in, trace_id) where changed_in is not null;

reset client_min_messages;
