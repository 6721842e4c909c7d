package io.deploytrace.store.postgres;

import io.deploytrace.store.PageCursor;
import io.deploytrace.store.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Where a trace stands in a list of traces, newest first. */
record TracePosition(Instant createdAt, String traceId) {

    static TracePosition read(ResultSet row) throws SQLException {
        return new TracePosition(SpanRow.time(row, "created_at"), row.getString("trace_id"));
    }

    /** The cursor of a page that ends here. */
    String cursor(String list) {
        return PageCursor.of(list, createdAt.toString(), traceId).text();
    }

    /** What comes after the page that the request's cursor ended; no condition for the first page. */
    static Conditions after(String list, PageRequest page) {
        if (page.cursor() == null) {
            return new Conditions();
        }
        var cursor = PageCursor.parse(list, 2, page.cursor());
        return new Conditions()
                .and(
                        "(trace.created_at, trace.trace_id) < (?, ?)",
                        cursor.time(0),
                        cursor.position().get(1));
    }
}
