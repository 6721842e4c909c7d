package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageCursor;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanColumn;
import io.deploytrace.store.SpanFilter;
import io.deploytrace.vocabulary.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Spans by the values of their columns, the newest first. */
final class SpanListQuery {

    private static final String LIST = "spans";

    private static final String SQL = """
            select %s, span.created_at
            from deployment_trace_span span
            where %s
            order by span.created_at desc, span.trace_id collate "C" desc, span.span_id collate "C" desc
            limit ?
            """;

    private static final String AFTER = """
            (span.created_at, span.trace_id collate "C", span.span_id collate "C") < (?, ?, ?)""";

    /** The index of what didn't simply complete is looked into only if the statement says that it is asked for. */
    private static final String NOT_COMPLETED = "span.status <> 'completed'";

    /** A span, and when it was first written. */
    record Row(Span span, Instant createdAt) {}

    private SpanListQuery() {}

    static Query<Row> of(UUID workspaceId, SpanFilter filter, PageRequest page) {
        var conditions = new Conditions().and("span.workspace_id = ?", workspaceId);
        filter.values().forEach((column, value) -> conditions.and("span." + column.column() + " = ?", value));
        var status = filter.values().get(SpanColumn.STATUS);
        if (status != null && !status.equals(Status.COMPLETED.value())) {
            conditions.and(NOT_COMPLETED);
        }
        conditions.within("span.created_at", filter.range()).and(after(page));
        var parameters = new ArrayList<>(conditions.parameters());
        parameters.add(page.limit() + 1);
        return new Query<>(SQL.formatted(SpanRow.COLUMNS, conditions.sql()), parameters, SpanListQuery::read);
    }

    private static Conditions after(PageRequest page) {
        if (page.cursor() == null) {
            return new Conditions();
        }
        var cursor = PageCursor.parse(LIST, 3, page.cursor());
        return new Conditions()
                .and(
                        AFTER,
                        cursor.time(0),
                        cursor.position().get(1),
                        cursor.position().get(2));
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(SpanRow.read(row), SpanRow.time(row, "created_at"));
    }

    static Page<Span> page(List<Row> rows, PageRequest page) {
        var found = Paging.page(rows, page.limit(), SpanListQuery::cursor);
        return new Page<>(found.items().stream().map(Row::span).toList(), found.nextCursor());
    }

    private static String cursor(Row row) {
        return PageCursor.of(
                        LIST,
                        row.createdAt().toString(),
                        row.span().traceId(),
                        row.span().spanId())
                .text();
    }
}
