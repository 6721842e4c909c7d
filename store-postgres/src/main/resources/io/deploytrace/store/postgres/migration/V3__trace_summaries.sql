-- The read model: one row per trace, computed from its spans in the transaction that writes them. It can be
-- computed anew from the spans at any time.

set local lock_timeout = '10s';

create table deployment_trace (
    workspace_id       uuid        not null references workspace (id) on delete cascade,
    trace_id           text        not null,
    parent_trace_id    text,
    release_target_key text collate "C", -- the order in which targets are listed, in every database
    release_id         text,
    job_id             text,
    trigger            text,
    start_time         timestamptz not null,
    end_time           timestamptz,
    outcome            text        not null,
    cause_span_id      text,
    cause_rule         text,
    cause_name         text,
    cause_message      text,
    span_count         integer     not null,
    open_count         integer     not null,
    fingerprint        text        not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    revision           bigint      not null,
    primary key (workspace_id, trace_id)
);

create index deployment_trace_created_at_idx
    on deployment_trace (workspace_id, created_at, trace_id);

create index deployment_trace_release_target_key_idx
    on deployment_trace (workspace_id, release_target_key, created_at, trace_id) where release_target_key is not null;

create index deployment_trace_release_id_idx
    on deployment_trace (workspace_id, release_id, created_at, trace_id) where release_id is not null;

create index deployment_trace_outcome_idx
    on deployment_trace (workspace_id, outcome, created_at, trace_id);

create index deployment_trace_parent_trace_id_idx
    on deployment_trace (workspace_id, parent_trace_id) where parent_trace_id is not null;
