-- Each query column leads an index; trace_id leads the unique one. An index of the same name that is there already
-- serves as it is. CONCURRENTLY, so that a table that is in use can be written meanwhile.

set client_min_messages = warning;

-- What an interrupted run left behind is never used by a query, yet stands in the way of its successor.
do $$
declare
    leftover text;
begin
    for leftover in
        select indexrelid::regclass::text
          from pg_index
         where indrelid = 'deployment_trace_span'::regclass
           and not indisvalid
           and indexrelid::regclass::text like '%deployment_trace_span_%_idx'
    loop
        execute 'drop index ' || leftover;
    end loop;
end
$$;

create index concurrently if not exists deployment_trace_span_workspace_id_idx
    on deployment_trace_span (workspace_id, created_at);

create index concurrently if not exists deployment_trace_span_release_target_key_idx
    on deployment_trace_span (release_target_key, created_at) where release_target_key is not null;

create index concurrently if not exists deployment_trace_span_release_id_idx
    on deployment_trace_span (release_id) where release_id is not null;

create index concurrently if not exists deployment_trace_span_job_id_idx
    on deployment_trace_span (job_id) where job_id is not null;

create index concurrently if not exists deployment_trace_span_parent_span_id_idx
    on deployment_trace_span (parent_span_id) where parent_span_id is not null;

create index concurrently if not exists deployment_trace_span_parent_trace_id_idx
    on deployment_trace_span (parent_trace_id) where parent_trace_id is not null;

create index concurrently if not exists deployment_trace_span_created_at_idx
    on deployment_trace_span (created_at);

-- Few values, each of them common: equal keys share their entries, so that these stay small and cheap to write.
create index concurrently if not exists deployment_trace_span_phase_idx
    on deployment_trace_span (phase, workspace_id);

create index concurrently if not exists deployment_trace_span_node_type_idx
    on deployment_trace_span (node_type, workspace_id);

-- What people look for is what didn't simply complete. Nearly all spans did, and no index finds those faster than the
-- time does.
create index concurrently if not exists deployment_trace_span_status_idx
    on deployment_trace_span (status, workspace_id, created_at) where status <> 'completed';

reset client_min_messages;
