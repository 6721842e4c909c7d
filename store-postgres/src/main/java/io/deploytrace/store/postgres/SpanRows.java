package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Spans on their way into {@code deployment_trace_span}; {@link SpanRow} reads them. For use by one thread. */
final class SpanRows {

    private final ArrayColumn id = ArrayColumn.uuid("id");
    private final ArrayColumn traceId = ArrayColumn.text("trace_id");
    private final ArrayColumn spanId = ArrayColumn.text("span_id");
    private final ArrayColumn parentSpanId = ArrayColumn.text("parent_span_id");
    private final ArrayColumn name = ArrayColumn.text("name");
    private final ArrayColumn startTime = ArrayColumn.time("start_time");
    private final ArrayColumn endTime = ArrayColumn.time("end_time");
    private final ArrayColumn workspaceId = ArrayColumn.uuid("workspace_id");
    private final ArrayColumn releaseTargetKey = ArrayColumn.text("release_target_key");
    private final ArrayColumn releaseId = ArrayColumn.text("release_id");
    private final ArrayColumn jobId = ArrayColumn.text("job_id");
    private final ArrayColumn parentTraceId = ArrayColumn.text("parent_trace_id");
    private final ArrayColumn phase = ArrayColumn.text("phase");
    private final ArrayColumn nodeType = ArrayColumn.text("node_type");
    private final ArrayColumn status = ArrayColumn.text("status");
    private final ArrayColumn depth = ArrayColumn.integer("depth");
    private final ArrayColumn sequence = ArrayColumn.integer("sequence");
    private final ArrayColumn attributes = ArrayColumn.json("attributes");
    private final ArrayColumn events = ArrayColumn.json("events");
    private final ArrayColumn step = ArrayColumn.integer("step");

    private final Rows rows = new Rows(List.of(
            id,
            traceId,
            spanId,
            parentSpanId,
            name,
            startTime,
            endTime,
            workspaceId,
            releaseTargetKey,
            releaseId,
            jobId,
            parentTraceId,
            phase,
            nodeType,
            status,
            depth,
            sequence,
            attributes,
            events,
            step));

    private final JsonWriter attributesJson = new JsonWriter(attributes);
    private final JsonWriter eventsJson = new JsonWriter(events);

    /** The rows in a statement, under the alias. */
    static String unnested(String alias) {
        return new SpanRows().rows.unnested(alias);
    }

    static List<String> columnNames() {
        return new SpanRows().rows.columns().stream().map(ArrayColumn::name).toList();
    }

    /**
     * Adds a span under a new row id.
     *
     * @param number the number of its trace within the write
     */
    void add(Span span, int number) {
        id.add(TimeOrderedUuid.next().toString());
        traceId.add(span.traceId());
        spanId.add(span.spanId());
        parentSpanId.add(span.parentSpanId());
        name.add(span.name());
        startTime.add(span.startTime());
        endTime.add(span.endTime());
        workspaceId.add(span.workspaceId());
        releaseTargetKey.add(span.releaseTargetKey());
        releaseId.add(span.releaseId());
        jobId.add(span.jobId());
        parentTraceId.add(span.parentTraceId());
        phase.add(span.phase());
        nodeType.add(span.nodeType());
        status.add(span.status());
        depth.add(span.depth());
        sequence.add(span.sequence());
        addJson(span);
        step.add(number);
    }

    private void addJson(Span span) {
        attributes.begin();
        attributesJson.write(span.attributes());
        attributes.end();
        events.begin();
        eventsJson.write(span.events());
        events.end();
        checkSize();
    }

    /** Refuses more than PostgreSQL takes at once, before it fills the memory. */
    private void checkSize() {
        if ((long) attributes.size() + events.size() > PostgresSpanStore.MAXIMUM_WRITE_SIZE) {
            throw new TooLarge();
        }
    }

    /** Binds the parameters of {@link #unnested}; returns the index of the parameter after them. */
    int bind(Session session, PreparedStatement statement, int index) throws SQLException {
        return rows.bind(session, statement, index);
    }

    /** The names of the columns in the order of {@link #copyTo}. */
    static List<String> copiedColumns() {
        return Stream.concat(new SpanRows().copied().map(ArrayColumn::name), Stream.of("created_at"))
                .toList();
    }

    private Stream<ArrayColumn> copied() {
        return rows.columns().stream().filter(column -> column != step);
    }

    /**
     * Copies the rows, so many microseconds after the moment as the number of their trace is.
     *
     * @param moment the {@code created_at} of the first trace, in PostgreSQL's microseconds
     */
    void copyTo(CopyRows copy, long moment) throws SQLException {
        var fields = copied().map(ArrayColumn::elements).toList();
        var steps = step.elements();
        for (var row = 0; row < step.count(); row++) {
            copy.begin(fields.size() + 1);
            for (var field : fields) {
                field.copyTo(copy);
            }
            copy.add(moment + steps.nextInteger());
            copy.end();
        }
        copy.endAll();
    }

    int capacity() {
        return rows.capacity();
    }

    void clear() {
        rows.clear();
    }

    /** Says that there is more than one write takes. */
    static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1;

        SpanStoreException named(String undone) {
            return new SpanStoreException(
                    Reason.INVALID_SPAN,
                    "The attributes and events of these spans have more than " + PostgresSpanStore.MAXIMUM_WRITE_SIZE
                            + " bytes as JSON, which is the most that one write takes. Write them in several calls. "
                            + undone,
                    this);
        }
    }
}
