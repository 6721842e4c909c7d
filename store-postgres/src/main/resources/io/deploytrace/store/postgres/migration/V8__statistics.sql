-- A release target and a release are one workspace's. Without knowing that, the planner expects as many rows less as there
-- are workspaces, and reads whole histories where it could stop after a page. Costs writers nothing: ANALYZE computes it.

set local lock_timeout = '2s';
set local client_min_messages = warning;

create statistics if not exists deployment_trace_of_workspace (dependencies)
    on workspace_id, release_target_key, release_id from deployment_trace;

create statistics if not exists deployment_trace_span_of_workspace (dependencies)
    on workspace_id, release_target_key, release_id from deployment_trace_span;
