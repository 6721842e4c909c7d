package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encodes spans as PostgreSQL's binary COPY takes them. */
final class BinaryRows {

    /** The columns, in the order of the values. */
    static final String COLUMNS = """
            id, trace_id, span_id, parent_span_id, name, start_time, end_time, workspace_id, release_target_key, release_id,
            job_id, parent_trace_id, phase, node_type, status, depth, sequence, attributes, events, created_at""";

    private static final int COLUMN_COUNT = 20;
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private BinaryRows() {}

    /** The spans of the traces as one COPY. Each trace has one time of creation. */
    static byte[] encode(List<List<Span>> traces, Instant createdAt) {
        var rows = new BinaryRows();
        try {
            rows.write(traces, createdAt);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return rows.bytes.toByteArray();
    }

    private void write(List<List<Span>> traces, Instant createdAt) throws IOException {
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
        for (var i = 0; i < traces.size(); i++) {
            for (var span : traces.get(i)) {
                write(span, createdAt.plus(i, ChronoUnit.MICROS));
            }
        }
        out.writeShort(-1);
    }

    private void write(Span span, Instant createdAt) throws IOException {
        out.writeShort(COLUMN_COUNT);
        uuid(RowIds.next());
        text(span.traceId());
        text(span.spanId());
        text(span.parentSpanId());
        text(span.name());
        time(span.startTime());
        time(span.endTime());
        uuid(UUID.fromString(String.valueOf(span.workspaceId())));
        text(span.releaseTargetKey());
        text(span.releaseId());
        text(span.jobId());
        text(span.parentTraceId());
        text(span.phase());
        text(span.nodeType());
        text(span.status());
        integer(span.depth());
        integer(span.sequence());
        json(Json.attributes(span.attributes()));
        json(Json.events(span.events()));
        time(createdAt);
    }

    private void text(@Nullable String value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            var utf8 = value.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        }
    }

    private void json(String value) throws IOException {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length + 1);
        out.writeByte(1);
        out.write(utf8);
    }

    private void time(@Nullable Instant value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(Long.BYTES);
            out.writeLong(EPOCH.until(value, ChronoUnit.MICROS));
        }
    }

    private void integer(@Nullable Integer value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(Integer.BYTES);
            out.writeInt(value);
        }
    }

    private void uuid(UUID value) throws IOException {
        out.writeInt(2 * Long.BYTES);
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }
}
