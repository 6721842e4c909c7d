-- Names of workspaces live beside them, since the workspace table may belong to another application.

set local lock_timeout = '10s';

create table deployment_trace_workspace (
    workspace_id uuid primary key references workspace (id) on delete cascade,
    name         text not null unique
);
