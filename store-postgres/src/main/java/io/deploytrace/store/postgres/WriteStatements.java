package io.deploytrace.store.postgres;

import java.util.List;

/**
 * The statements that write spans together with the summaries of their traces. Both take the rows of the read model
 * before those of the spans, and each in the order of their keys, so that two writers never wait for each other.
 */
final class WriteStatements {

    /** One time for the whole write; a microsecond more for each further trace tells traces of one commit apart. */
    static final String MOMENT = "moment as materialized (select coalesce(?::timestamptz, clock_timestamp()) as at)";

    static final List<String> SPAN_CHANGES = List.of(
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

    static final List<String> SUMMARY_CHANGES = List.of(
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

    static final String INTO_SPANS = """
            insert into deployment_trace_span as stored
              (id, trace_id, span_id, workspace_id, %s, created_at)
            select span.id, span.trace_id, span.span_id, span.workspace_id, %s, (select at from moment) + span.step * interval '1 microsecond'
            """.formatted(String.join(", ", SPAN_CHANGES), qualified("span", SPAN_CHANGES));

    static final String INTO_TRACES = """
            insert into deployment_trace as stored
              (workspace_id, trace_id, %s, created_at, updated_at, revision)
            """.formatted(String.join(", ", SUMMARY_CHANGES));

    static final String TRACE_STEP = "moment.at + trace.step * interval '1 microsecond'";

    /** Replaces the summaries whose rows are locked; by way of the index, however small the table is. */
    static final String REPLACE_TRACES = """
            on conflict (workspace_id, trace_id) do update
            set %s, created_at = excluded.created_at, updated_at = excluded.updated_at, revision = stored.revision + 1
            """.formatted(assignments("excluded", SUMMARY_CHANGES));

    static final String REPLACE_OPEN_SPANS = """
            on conflict (trace_id, span_id) do update set %s
            where stored.workspace_id = excluded.workspace_id and stored.end_time is null
            """.formatted(assignments("excluded", SPAN_CHANGES));

    /**
     * Does nothing at all if a trace is there already, with spans or a summary; fails if one appears meanwhile. The look-ups are one
     * for each trace, so that they use their indexes also where the plan was made while the tables were small. The limit, which cuts
     * nothing off, makes the planner expect few traces when it doesn't know how many there are: else it would find a plan made anew for
     * each write cheaper.
     */
    private static final String INTO_NEW_TRACES = """
            with %s, given as materialized (select * from %s limit ?), known as materialized (
              select
              from given
              where (
                  select true from deployment_trace_span stored
                  where stored.trace_id = given.trace_id and stored.workspace_id = given.workspace_id
                  limit 1)
                or (
                  select true from deployment_trace stored
                  where stored.trace_id = given.trace_id and stored.workspace_id = given.workspace_id
                  limit 1)
            ), trace as (
              %s
              select trace.workspace_id, trace.trace_id, %s, %s, %s, 1
              from given trace, moment
              where not exists (select from known)
              returning 1
            )
            """.formatted(
                    MOMENT,
                    SummaryRows.unnested("trace"),
                    INTO_TRACES,
                    qualified("trace", SUMMARY_CHANGES),
                    TRACE_STEP,
                    TRACE_STEP);

    /** Writes new traces, or does nothing, as said above. */
    static final String INSERT = INTO_NEW_TRACES + """
            %s
            from %s
            where (select count(*) from trace) > 0
            """.formatted(INTO_SPANS, SpanRows.unnested("span"));

    /** Writes the summaries of new traces alone; returns the {@code created_at} of the first, or nothing if it did nothing. */
    static final String INSERT_SUMMARIES = INTO_NEW_TRACES + """
            select at
            from moment
            where (select count(*) from trace) > 0
            """;

    /** Copies spans, as {@link SpanRows#copyTo} gives them; fails if one of them is there already. */
    static final String COPY_SPANS = "copy deployment_trace_span (" + String.join(", ", SpanRows.copiedColumns())
            + ") from stdin (format binary)";

    /** Touches no ended span and none of another workspace; returns the keys of those that it wrote. */
    static final String MERGE = """
            with %s, trace as (
              %s
              select trace.workspace_id, trace.trace_id, %s, coalesce(trace.created_at, %s), %s, 1
              from %s, moment
              %s
            ), span as (
              %s
              from %s
              %s
              returning stored.trace_id, stored.span_id
            )
            select trace_id, span_id from span
            """.formatted(
                    MOMENT,
                    INTO_TRACES,
                    qualified("trace", SUMMARY_CHANGES),
                    TRACE_STEP,
                    TRACE_STEP,
                    SummaryRows.unnested("trace"),
                    REPLACE_TRACES,
                    INTO_SPANS,
                    SpanRows.unnested("span"),
                    REPLACE_OPEN_SPANS);

    /** Replaces summaries whose rows are locked. */
    static final String REPLACE_SUMMARIES =
            """
            update deployment_trace stored
            set %s, created_at = trace.created_at, updated_at = clock_timestamp(), revision = stored.revision + 1
            from %s
            where stored.workspace_id = trace.workspace_id and stored.trace_id = trace.trace_id
            """.formatted(assignments("trace", SUMMARY_CHANGES), SummaryRows.unnested("trace"));

    private WriteStatements() {}

    static String qualified(String alias, List<String> columns) {
        return String.join(
                ", ", columns.stream().map(name -> alias + "." + name).toList());
    }

    private static String assignments(String alias, List<String> columns) {
        return String.join(
                ", ",
                columns.stream().map(name -> name + " = " + alias + "." + name).toList());
    }
}
