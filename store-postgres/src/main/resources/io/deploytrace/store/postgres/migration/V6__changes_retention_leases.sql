-- What changed since when, for how long traces are kept, and who does what the servers share. A server of the version
-- before may write meanwhile and afterwards.

-- The lock that stops writers is held for a moment, but whoever reads for long makes us wait for it, and everyone else behind
-- us: rather fail soon and be run again.
set local lock_timeout = '2s';

-- Without a default, so that no row is touched. Rows that are there stay without: they didn't change since.
alter table deployment_trace add column changed_in xid8;

create function deployment_trace_changed() returns trigger
    language plpgsql
as $$
begin
    new.changed_in := pg_catalog.pg_current_xact_id();
    return new;
end
$$;

create trigger deployment_trace_changed
    before insert or update on deployment_trace
    for each row execute function deployment_trace_changed();

-- Also for rows that a replication brings: the transactions that count are this database's own.
alter table deployment_trace enable always trigger deployment_trace_changed;

-- Beside the workspaces, since their table may belong to another application. No row: kept for ever.
create table deployment_trace_retention (
    workspace_id uuid     primary key references workspace (id) on delete cascade,
    keep         interval not null check (keep > interval '0')
);

create table deployment_trace_lease (
    name       text        primary key,
    holder     uuid        not null,
    expires_at timestamptz not null
);
