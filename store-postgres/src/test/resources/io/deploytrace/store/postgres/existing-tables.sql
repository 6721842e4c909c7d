-- What another program's migrations may have made: workspaces of its own, the table as the specification has it.
create table workspace (
    id         uuid primary key default gen_random_uuid(),
    name       text not null,
    slug       text not null unique,
    created_at timestamptz not null default now()
);

create table deployment_trace_span (
    id                 uuid        primary key default gen_random_uuid(),
    trace_id           text        not null,
    span_id            text        not null,
    parent_span_id     text,
    name               text        not null,
    start_time         timestamptz not null,
    end_time           timestamptz,
    workspace_id       uuid        not null references workspace (id) on delete cascade,
    release_target_key text,
    release_id         text,
    job_id             text,
    parent_trace_id    text,
    phase              text,
    node_type          text,
    status             text,
    depth              integer,
    sequence           integer,
    attributes         jsonb,
    events             jsonb,
    created_at         timestamptz not null default now()
);

create unique index deployment_trace_span_trace_span_idx on deployment_trace_span (trace_id, span_id);
create index deployment_trace_span_job_id_idx on deployment_trace_span (job_id);
create index deployment_trace_span_status_idx on deployment_trace_span (status);

insert into workspace (id, name, slug) values
    ('11111111-1111-4111-8111-111111111111', 'Acme', 'acme');

insert into deployment_trace_span
    (trace_id, span_id, parent_span_id, name, start_time, end_time, workspace_id, release_target_key, release_id, job_id,
     phase, node_type, status, depth, sequence, attributes, events, created_at)
values
    ('00000000000000000000000000000001', '0000000000000001', null, 'Reconciliation', '2026-01-01 10:00:00.123456Z',
     '2026-01-01 10:00:05Z', '11111111-1111-4111-8111-111111111111', 'api-service-production', 'release-1', null,
     'reconciliation', 'phase', 'failed', 0, 0, '{"custom_attribute": "custom_value", "big": 9223372036854775807}',
     '[{"name": "approver", "timestamp": "2026-01-01T10:00:01.5Z", "attributes": {"approver": "alice"}}]',
     '2026-01-01 10:00:06Z'),
    ('00000000000000000000000000000001', '0000000000000002', '0000000000000001', 'Rejected', '2026-01-01 10:00:02Z',
     null, '11111111-1111-4111-8111-111111111111', 'api-service-production', 'release-1', null,
     'planning', 'decision', 'failed', null, null, null, null, '2026-01-01 10:00:06Z');
