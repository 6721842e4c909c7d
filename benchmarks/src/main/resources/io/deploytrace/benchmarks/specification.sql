-- The table as the specification lists it, with an index of its own for each column that is queried.
CREATE TABLE workspace (
    id uuid PRIMARY KEY
);

CREATE TABLE deployment_trace_span (
    id                 uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    trace_id           text        NOT NULL,
    span_id            text        NOT NULL,
    parent_span_id     text,
    name               text        NOT NULL,
    start_time         timestamptz NOT NULL,
    end_time           timestamptz,
    workspace_id       uuid        NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
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
    created_at         timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX deployment_trace_span_trace_id_span_id_idx ON deployment_trace_span (trace_id, span_id);
CREATE INDEX deployment_trace_span_trace_id_idx ON deployment_trace_span (trace_id);
CREATE INDEX deployment_trace_span_parent_span_id_idx ON deployment_trace_span (parent_span_id);
CREATE INDEX deployment_trace_span_workspace_id_idx ON deployment_trace_span (workspace_id);
CREATE INDEX deployment_trace_span_release_target_key_idx ON deployment_trace_span (release_target_key);
CREATE INDEX deployment_trace_span_release_id_idx ON deployment_trace_span (release_id);
CREATE INDEX deployment_trace_span_job_id_idx ON deployment_trace_span (job_id);
CREATE INDEX deployment_trace_span_parent_trace_id_idx ON deployment_trace_span (parent_trace_id);
CREATE INDEX deployment_trace_span_created_at_idx ON deployment_trace_span (created_at);
CREATE INDEX deployment_trace_span_phase_idx ON deployment_trace_span (phase);
CREATE INDEX deployment_trace_span_node_type_idx ON deployment_trace_span (node_type);
CREATE INDEX deployment_trace_span_status_idx ON deployment_trace_span (status);
