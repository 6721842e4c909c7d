package io.deploytrace.server.api;

import io.deploytrace.json.TraceTreeJson;
import io.deploytrace.query.Completeness;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceTree;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.StoredTrace;
import java.util.List;

/** One trace with all its spans and those of the traces linked to it. */
final class TraceDetail implements Endpoint {

    private static final int PART = 100;

    private final SpanReader reader;
    private final Outlines outlines;

    TraceDetail(SpanReader reader, Outlines outlines) {
        this.reader = reader;
        this.outlines = outlines;
    }

    /** What is kept of the outlines of a large trace. */
    private record Laid(Layout layout, Outcome outcome, Completeness completeness) {

        static Laid of(List<Span> outlines) {
            var why = Why.of(outlines);
            return new Laid(new Layout(outlines), why.outcome(), why.completeness());
        }
    }

    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public Answer answer(ApiRequest request) {
        request.parameters(parameters());
        var traceId = request.trace();
        var trace = reader.summary(request.workspaceId(), traceId, request.deadline())
                .orElseThrow(() -> ProblemException.traceNotFound(traceId));
        var linked = reader.linkedTraces(request.workspaceId(), traceId, request.deadline());
        var etag = Etag.of(trace, linked);
        return etag.among(request.ifNoneMatch())
                .map(Answer::notModified)
                .orElseGet(() -> LargeTrace.isLarge(trace, linked)
                        ? large(request, trace, linked, etag)
                        : small(request, trace, linked, etag));
    }

    private Answer small(ApiRequest request, StoredTrace trace, List<StoredTrace> linked, Etag etag) {
        var spans = reader.traceWithLinked(request.workspaceId(), request.trace(), request.deadline());
        if (spans.isEmpty()) {
            throw ProblemException.traceNotFound(request.trace());
        }
        var why = Why.of(spans);
        var answer = Answer.whole(json -> {
            TraceTreeJson.begin(json, trace, linked, why.outcome(), why.completeness());
            for (var node : TraceTree.of(spans).nodes()) {
                TraceTreeJson.writeSpan(json, node.span(), node.level(), node.placement());
            }
            TraceTreeJson.end(json);
        });
        return marked(answer, why.completeness(), etag);
    }

    private Answer large(ApiRequest request, StoredTrace trace, List<StoredTrace> linked, Etag etag) {
        var laid = outlines.read(request, Laid::of);
        var pieces = new LargeTrace(
                laid.layout(),
                PART,
                (keys, deadline) -> reader.spansOf(request.workspaceId(), keys, deadline),
                TraceTreeJson::writeSpan);
        var first = pieces.first(json -> TraceTreeJson.begin(json, trace, linked, laid.outcome(), laid.completeness()));
        return marked(Answer.inPieces(first, pieces), laid.completeness(), etag);
    }

    private static Answer marked(Answer answer, Completeness completeness, Etag etag) {
        return completeness == Completeness.COMPLETE ? answer.withEtag(etag.text()) : answer;
    }
}
