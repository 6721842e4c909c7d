-- The keys of the server. Of each only a hash is kept: who reads this table, or a copy of it, holds no key.

set local lock_timeout = '10s';

create table deployment_trace_key (
    id           uuid        primary key,
    prefix       text        not null unique,
    hash         bytea       not null check (octet_length(hash) = 32),
    role         text        not null check (role in ('read', 'write', 'admin')),
    workspace_id uuid        references workspace (id) on delete cascade, -- null: good for all
    label        text,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

create index deployment_trace_key_workspace_id_idx
    on deployment_trace_key (workspace_id, created_at);
