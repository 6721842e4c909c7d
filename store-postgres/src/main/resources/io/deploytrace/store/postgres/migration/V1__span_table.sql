-- The tables of the specification. Where another program's migrations made them already, they stay as they are, and
-- this only checks that they can be used.

-- Whoever holds a lock on workspace would make us wait, and everyone else behind us: rather fail and be run again.
set local lock_timeout = '10s';
-- That something is there already is no news.
set local client_min_messages = warning;

create table if not exists workspace (
    id uuid primary key
);

create table if not exists deployment_trace_span (
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

do $$
declare
    missing  text;
    required text;
begin
    select string_agg(expected.name || ' ' || expected.type, ', ')
      into missing
      from (values ('id', 'uuid'), ('trace_id', 'text'), ('span_id', 'text'), ('parent_span_id', 'text'),
                   ('name', 'text'), ('start_time', 'timestamp with time zone'),
                   ('end_time', 'timestamp with time zone'), ('workspace_id', 'uuid'),
                   ('release_target_key', 'text'), ('release_id', 'text'), ('job_id', 'text'),
                   ('parent_trace_id', 'text'), ('phase', 'text'), ('node_type', 'text'), ('status', 'text'),
                   ('depth', 'integer'), ('sequence', 'integer'), ('attributes', 'jsonb'), ('events', 'jsonb'),
                   ('created_at', 'timestamp with time zone')) as expected (name, type)
     where not exists (
               select from pg_attribute
                where attrelid = 'deployment_trace_span'::regclass
                  and attname = expected.name
                  and not attisdropped
                  and format_type(atttypid, null) = expected.type);
    if missing is not null then
        raise exception 'the table deployment_trace_span exists, but lacks these columns: %', missing
            using hint = 'Add them, or give Deploytrace a schema of its own.';
    end if;

    select string_agg(attname, ', ' order by attnum)
      into required
      from pg_attribute
     where attrelid = 'deployment_trace_span'::regclass
       and attnum > 0 and not attisdropped
       and attnotnull and not atthasdef and attidentity = ''
       and attname not in ('id', 'trace_id', 'span_id', 'parent_span_id', 'name', 'start_time', 'end_time',
                           'workspace_id', 'release_target_key', 'release_id', 'job_id', 'parent_trace_id', 'phase',
                           'node_type', 'status', 'depth', 'sequence', 'attributes', 'events', 'created_at');
    if required is not null then
        raise exception 'the table deployment_trace_span exists, but requires columns that are not ours: %', required
            using hint = 'Give them a default or drop their not null, or give Deploytrace a schema of its own.';
    end if;

    if not exists (
        select from pg_constraint
         where conrelid = 'deployment_trace_span'::regclass
           and confrelid = 'workspace'::regclass
           and contype = 'f'
           and confdeltype = 'c') then
        raise exception 'the table deployment_trace_span exists, but its workspace_id references no workspace'
            using hint = 'Run: alter table deployment_trace_span add foreign key (workspace_id) '
                || 'references workspace (id) on delete cascade';
    end if;

    if not exists (
        select from pg_index
         where indrelid = 'deployment_trace_span'::regclass
           and indisunique and indisvalid and indimmediate and indpred is null and indexprs is null
           and (select array_agg(attname::text order by key.position)
                  from unnest(indkey[0:indnkeyatts - 1]) with ordinality as key (attnum, position)
                  join pg_attribute using (attnum)
                 where attrelid = indrelid) = array['trace_id', 'span_id']) then
        if exists (select from deployment_trace_span) then
            raise exception 'the table deployment_trace_span holds rows, but has no unique index on (trace_id, span_id)'
                using hint = 'Run: create unique index concurrently deployment_trace_span_trace_id_span_id_idx '
                    || 'on deployment_trace_span (trace_id, span_id)';
        end if;
        create unique index deployment_trace_span_trace_id_span_id_idx on deployment_trace_span (trace_id, span_id);
    end if;
end
$$;
