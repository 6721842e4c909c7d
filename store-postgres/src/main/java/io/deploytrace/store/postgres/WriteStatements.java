package io.deploytrace.store.postgres;

import java.util.List;

/**
 * The statements that write spans together with the summaries of their traces. Both take the rows of the read model
 * before those of the spans, and each in the order of their keys, so that two writers never wait for each other.
 */
final class WriteStatements {

    /** One time for the whole write; a microsecond more for each further trace tells traces of one commit apart. */
    private static final String MOMENT =
            "moment as materialized (select coalesce(?::timestamptz, clock_timestamp()) as at)";

    private static final String STEP = "moment.at + %s.step * interval '1 microsecond'";

    private static final List<String> SPAN_CHANGES = List.of(
            "parent_span_id",
            "name",
            "start_time",
            "end_time",
            "release_target_key",
            "release_id",
            "job_id",
            "parent_trace_id",
            "phase",
            "node_type",
            "status",
            "depth",
            "sequence",
            "attributes",
            "events");

    private static final List<String> SUMMARY_CHANGES = List.of(
            "parent_trace_id",
            "release_target_key",
            "release_id",
            "job_id",
            "trigger",
            "start_time",
            "end_time",
            "outcome",
            "cause_span_id",
            "cause_rule",
            "cause_name",
            "cause_message",
            "span_count",
            "open_count",
            "fingerprint");

    private static final String INSERT_SPANS = """
            insert into deployment_trace_span as stored
              (id, trace_id, span_id, workspace_id, %s, created_at)
            select span.id, span.trace_id, span.span_id, span.workspace_id, %s, %s
            from %s, moment
            """.formatted(
                    String.join(", ", SPAN_CHANGES),
                    qualified("span", SPAN_CHANGES),
                    STEP.formatted("span"),
                    NewSpan.COLUMNS.rows("span"));

    /** Does nothing at all if a trace is there already, with spans or a summary; fails if one appears meanwhile. */
    static final String INSERT = """
            with %s, trace as (
              insert into deployment_trace
                (workspace_id, trace_id, %s, created_at, updated_at, revision)
              select trace.workspace_id, trace.trace_id, %s, %s, %s, 1
              from %s, moment
              where not exists (
                  select from deployment_trace_span stored
                  where stored.trace_id = any (?) and stored.workspace_id = any (?::text[]::uuid[]))
                and not exists (
                  select from deployment_trace stored
                  where stored.trace_id = any (?) and stored.workspace_id = any (?::text[]::uuid[]))
              order by trace.position
              returning trace_id
            ), span as (
              %s
              where (select count(*) from trace) > 0
              order by span.position
              returning 1
            )
            select count(*) from span
            """.formatted(
                    MOMENT,
                    String.join(", ", SUMMARY_CHANGES),
                    qualified("trace", SUMMARY_CHANGES),
                    STEP.formatted("trace"),
                    STEP.formatted("trace"),
                    NewSummary.COLUMNS.rows("trace"),
                    INSERT_SPANS);

    /** Touches no ended span and none of another workspace; returns the keys of those that it wrote. */
    static final String MERGE = """
            with %s, trace as (
              update deployment_trace stored
              set %s, created_at = coalesce(trace.created_at, %s), updated_at = %s,
                  revision = stored.revision + 1
              from %s, moment
              where stored.workspace_id = trace.workspace_id and stored.trace_id = trace.trace_id
            ), span as (
              %s
              order by span.position
              on conflict (trace_id, span_id) do update set %s
              where stored.workspace_id = excluded.workspace_id and stored.end_time is null
              returning stored.trace_id, stored.span_id
            )
            select trace_id, span_id from span
            """.formatted(
                    MOMENT,
                    assignments("trace", SUMMARY_CHANGES),
                    STEP.formatted("trace"),
                    STEP.formatted("trace"),
                    NewSummary.COLUMNS.rows("trace"),
                    INSERT_SPANS,
                    assignments("excluded", SPAN_CHANGES));

    /** Replaces summaries whose rows are locked. */
    static final String REPLACE_SUMMARIES =
            """
            update deployment_trace stored
            set %s, created_at = trace.created_at, updated_at = clock_timestamp(), revision = stored.revision + 1
            from %s
            where stored.workspace_id = trace.workspace_id and stored.trace_id = trace.trace_id
            """.formatted(assignments("trace", SUMMARY_CHANGES), NewSummary.COLUMNS.rows("trace"));

    private WriteStatements() {}

    private static String qualified(String alias, List<String> columns) {
        return String.join(
                ", ", columns.stream().map(name -> alias + "." + name).toList());
    }

    private static String assignments(String alias, List<String> columns) {
        return String.join(
                ", ",
                columns.stream().map(name -> name + " = " + alias + "." + name).toList());
    }
}
