package io.deploytrace.server.ingest;

import io.deploytrace.vocabulary.Status;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;

/** Our status of a span, from what OpenTelemetry knows of it. */
final class SpanStatus {

    private SpanStatus() {}

    static String of(Span span) {
        if (span.getEndTimeUnixNano() == 0) {
            return Status.RUNNING.value();
        }
        var failed = span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR;
        return (failed ? Status.FAILED : Status.COMPLETED).value();
    }
}
