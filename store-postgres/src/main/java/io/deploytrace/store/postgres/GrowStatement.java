package io.deploytrace.store.postgres;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The statement that writes traces which have grown, if the database can tell by itself what is to be done: each stored
 * span is given again and is either the same, or open and replaced. It runs after {@link TraceMerge#LOCK} and in the same
 * transaction, and so sees all that other writers have committed.
 *
 * <p>It does what {@link TraceMerge} does in Java, where {@link io.deploytrace.span.Span#replaces} decides; what that might decide
 * otherwise is left to it.
 */
final class GrowStatement {

    private static final List<String> NULLABLE_ATTRIBUTES = List.of(
            "release_target_key",
            "release_id",
            "job_id",
            "parent_trace_id",
            "phase",
            "node_type",
            "status",
            "depth",
            "sequence");

    /** An open copy that has fewer events, or as many and no attribute that the given one lacks. */
    private static final String HAS_GROWN = """
            case when jsonb_typeof(stored.events) <> 'array' or jsonb_typeof(stored.attributes) <> 'object' then false
              when jsonb_array_length(stored.events) < jsonb_array_length(span.events) then true
              else stored.events = span.events
                and stored.attributes - array(select jsonb_object_keys(span.attributes)) = '{}'
                and %s
            end""".formatted(NULLABLE_ATTRIBUTES.stream()
            .map(name -> "(stored." + name + " is null or span." + name + " is not null)")
            .collect(Collectors.joining(" and ")));

    private static final String IS_SAME = "(" + WriteStatements.qualified("stored", WriteStatements.SPAN_CHANGES)
            + ") is not distinct from (" + WriteStatements.qualified("span", WriteStatements.SPAN_CHANGES) + ")";

    /** Numbers that are equal may be of different types. */
    private static final String IS_SAME_TO_THE_DIGIT =
            "stored.attributes::text = span.attributes::text and stored.events::text = span.events::text";

    /**
     * Returns for each trace how many spans were new, replaced and the same; nothing if it can't tell, and then it has done
     * nothing. Fails with a division by zero where nothing must remain of the transaction: of a row that the lock has made, or
     * where another program wrote a span meanwhile.
     */
    static final String GROW = """
            with %1$s, trace as materialized (
              select given.*, known.*
              from (select * from %2$s limit ?) given
              cross join lateral (
                select count(*) as stored_count, min(stored.created_at) as stored_at,
                  (select revision from deployment_trace locked
                   where locked.workspace_id = given.workspace_id and locked.trace_id = given.trace_id
                   limit 1) as revision
                from deployment_trace_span stored
                where stored.trace_id = given.trace_id and stored.workspace_id = given.workspace_id) known
            ), span as materialized (
              select span.*,
                case when stored.trace_id is null then 'new'
                  when stored.workspace_id <> span.workspace_id then 'unclear'
                  when %3$s and (stored.end_time is not null or (%4$s)) then 'same'
                  when stored.end_time is not null then 'unclear'
                  when span.end_time is not null or %5$s then 'replaced'
                  else 'unclear' end as verdict
              from %6$s
              left join lateral (
                select *
                from deployment_trace_span stored
                where stored.trace_id = span.trace_id and stored.span_id = span.span_id
                limit 1) stored on true
            ), clear as materialized (
              select true
              where not exists (select from span where verdict = 'unclear')
                and (select sum(stored_count) from trace) = (select count(*) from span where verdict <> 'new')
            ), summary as (
              %7$s
              select trace.workspace_id, trace.trace_id, %8$s, coalesce(stored_at, %9$s), %9$s, 1
              from trace, moment, clear
              where revision = 0 or trace.trace_id in (select trace_id from span where verdict <> 'same')
              %10$s
            ), written as (
              %11$s
              from span, clear
              where verdict <> 'same'
              %12$s
              returning 1
            )
            select trace_id, count(*) filter (where verdict = 'new'), count(*) filter (where verdict = 'replaced'),
              count(*) filter (where verdict = 'same')
            from span
            where case
              when exists (select from clear)
                and (select count(*) from written) = (select count(*) from span where verdict <> 'same') then true
              when not exists (select from clear) and not exists (select from trace where revision = 0) then false
              else 1 / (select count(*) from moment where at is null) = 0
            end
            group by trace_id
            """.formatted(
                    WriteStatements.MOMENT,
                    SummaryRows.unnested("summary"),
                    IS_SAME,
                    IS_SAME_TO_THE_DIGIT,
                    HAS_GROWN,
                    SpanRows.unnested("span"),
                    WriteStatements.INTO_TRACES,
                    WriteStatements.qualified("trace", WriteStatements.SUMMARY_CHANGES),
                    WriteStatements.TRACE_STEP,
                    WriteStatements.REPLACE_TRACES,
                    WriteStatements.INTO_SPANS,
                    WriteStatements.REPLACE_OPEN_SPANS);

    private GrowStatement() {}
}
