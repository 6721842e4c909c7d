package io.deploytrace.server.ingest;

import io.deploytrace.span.Masking;
import io.deploytrace.span.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sorts the spans of requests into those that can be stored and those that can't. Immutable. */
final class RequestReader {

    /**
     * What a request holds.
     *
     * @param traces the spans that can be stored, by the trace id under which they are
     * @param rejections the others
     */
    record Contents(Map<String, List<Received>> traces, List<Rejection> rejections) {

        static Contents rejected(RejectionReason reason, int spans, String problem) {
            return new Contents(Map.of(), List.of(new Rejection(reason, spans, "the request", problem)));
        }
    }

    private final IngestLimits limits;
    private final Masking masking;

    RequestReader(IngestLimits limits, Masking masking) {
        this.limits = limits;
        this.masking = masking;
    }

    static int count(ExportTraceServiceRequest request) {
        var count = 0;
        for (var resource : request.getResourceSpansList()) {
            for (var scope : resource.getScopeSpansList()) {
                count += scope.getSpansCount();
            }
        }
        return count;
    }

    Contents read(ExportTraceServiceRequest request, Sender sender) {
        var count = count(request);
        if (count > limits.spansPerRequest()) {
            return Contents.rejected(
                    RejectionReason.TOO_MANY_SPANS,
                    count,
                    "it holds %d spans, but at most %d are taken at once. Send smaller batches."
                            .formatted(count, limits.spansPerRequest()));
        }
        try {
            return new Reading(limits, masking, SenderRules.of(sender, request)).read(request);
        } catch (RequestSize.Exceeded exceeded) {
            return Contents.rejected(
                    RejectionReason.REQUEST_TOO_LARGE,
                    count,
                    ("its spans need more than the %d bytes that are taken at once; what a resource holds counts for each of"
                                    + " its spans. Send smaller batches.")
                            .formatted(limits.requestSize()));
        }
    }

    /** One request being read. */
    private static final class Reading {

        private final IngestLimits limits;
        private final SenderRules rules;
        private final RequestSize size;
        private final AttributeReader attributes;
        private final SpanReader spans;
        private final Map<String, List<Received>> traces = new LinkedHashMap<>();
        private final List<Rejection> rejections = new ArrayList<>();

        Reading(IngestLimits limits, Masking masking, SenderRules rules) {
            this.limits = limits;
            this.rules = rules;
            this.size = new RequestSize(limits.requestSize());
            this.attributes = new AttributeReader(limits, masking, rules::ignores, size);
            this.spans = new SpanReader(limits, attributes, rules, size);
        }

        Contents read(ExportTraceServiceRequest request) {
            request.getResourceSpansList().forEach(this::read);
            return new Contents(traces, rejections);
        }

        private void read(ResourceSpans resource) {
            for (var scope : resource.getScopeSpansList()) {
                var origin = Origin.of(resource, scope, limits, attributes, size);
                scope.getSpansList().forEach(span -> read(span, origin));
            }
        }

        private void read(io.opentelemetry.proto.trace.v1.Span sent, Origin origin) {
            try {
                add(spans.read(sent, origin));
            } catch (Refusal refusal) {
                rejections.add(Rejection.of(sent, refusal));
            }
        }

        private void add(Span span) {
            var stored = rules.storedTraceId(span.traceId());
            var trace = traces.computeIfAbsent(stored, id -> new ArrayList<>());
            checkWorkspace(trace, span);
            trace.add(new Received(underTrace(stored, span), span.traceId()));
        }

        private static void checkWorkspace(List<Received> trace, Span span) {
            var workspaceId = span.workspaceId();
            if (!trace.isEmpty()
                    && workspaceId != null
                    && !workspaceId.equals(trace.get(0).span().workspaceId())) {
                throw new Refusal(
                        RejectionReason.INVALID_SPAN,
                        "it names another workspace than span "
                                + trace.get(0).span().spanId()
                                + " of the same trace. A trace belongs to one workspace.");
            }
        }

        private static Span underTrace(String traceId, Span span) {
            return traceId.equals(span.traceId())
                    ? span
                    : new Span(
                            traceId,
                            span.spanId(),
                            span.parentSpanId(),
                            span.name(),
                            span.startTime(),
                            span.endTime(),
                            span.attributes(),
                            span.events());
        }
    }
}
